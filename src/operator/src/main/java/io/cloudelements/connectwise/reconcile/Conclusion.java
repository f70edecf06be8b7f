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

  /** What is recorded once the token is delivered; with the first Ready an adoption is complete. */
  Recorded delivered(String tokenSecret) {
    Recorded delivered = recorded.withTokenSecret(tokenSecret);
    boolean ready = outcome.reason().kind().ready() == Reason.ConditionStatus.TRUE;
    return ready && desired.policy() == ManagementPolicy.MANAGE
        ? delivered.adopted(desired.adoptInstanceId())
        : delivered;
  }

  /** What events are still to be published of. */
  Observation unreported() {
    return isReported ? Observation.NONE : seen;
  }
}
