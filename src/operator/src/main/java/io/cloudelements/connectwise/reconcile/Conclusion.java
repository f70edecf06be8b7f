package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.Optional;

/**
 * What a reconcile has come to at the service. All that is left is to write it to the cluster.
 *
 * @param instance whose token is to be delivered; empty when there is none
 * @param isReported whether its events were published
 */
public record Conclusion(
    DesiredInstance desired,
    Outcome outcome,
    Recorded recorded,
    Observation seen,
    Optional<RemoteInstance> instance,
    boolean isReported) {

  Conclusion reported(Recorded written) {
    return new Conclusion(desired, outcome, written, seen, instance, true);
  }

  /**
   * As it is kept until it can be written: without configurations, of which a thousand resources
   * could have 256 KiB each.
   */
  Conclusion kept() {
    return new Conclusion(
        desired.withoutConfiguration(),
        outcome,
        recorded,
        seen.doneOnly(),
        instance.map(RemoteInstance::withoutConfiguration),
        isReported);
  }

  /** The same for what a later reconcile wants, which asks for no more. */
  Conclusion of(DesiredInstance now) {
    return new Conclusion(now, outcome, recorded, seen, instance, isReported);
  }

  /** What is recorded once the token is delivered; with the first Ready an adoption is complete. */
  Recorded delivered(String tokenSecret) {
    Recorded delivered = recorded.withTokenSecret(tokenSecret);
    boolean ready = outcome.reason().kind().ready() == Reason.ConditionStatus.TRUE;
    return ready && desired.policy() == ManagementPolicy.MANAGE
        ? delivered.adopted(desired.adoptInstanceId())
        : delivered;
  }

  /** The observation whose events are still to be published. */
  Observation unreported() {
    return isReported ? Observation.NONE : seen;
  }
}
