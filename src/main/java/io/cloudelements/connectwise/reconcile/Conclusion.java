package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.Verdict;
import java.util.Optional;

/**
 * What a pass has come to at the service. All that is left is to write it to the cluster.
 *
 * @param instance whose token is to be delivered; empty when there is none
 * @param isReported whether its news were told
 */
public record Conclusion(
    DesiredInstance desired,
    Verdict verdict,
    Recorded recorded,
    Observation seen,
    Optional<RemoteInstance> instance,
    boolean isReported) {

  Conclusion reported(Recorded written) {
    return new Conclusion(desired, verdict, written, seen, instance, true);
  }

  /** What is still to be told of. */
  Observation news() {
    return isReported ? Observation.NONE : seen;
  }
}
