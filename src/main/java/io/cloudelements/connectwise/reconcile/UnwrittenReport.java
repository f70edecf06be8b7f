package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.Verdict;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said, and kept, of a write that the API server did not take. */
record UnwrittenReport(Snapshot snapshot, ClusterWriteFailure failure, Instant now) {

  /**
   * What to tell a person; empty when the failure may still pass by itself.
   *
   * @param secretIsRight whether applications find the right token
   */
  Optional<Verdict> verdict(
      Optional<Conclusion> conclusion,
      Optional<ConnectWiseInstanceStatus> status,
      boolean secretIsRight) {
    if (!UnwrittenOutcome.isToBeTold(failure, since(), now)) {
      return Optional.empty();
    }
    boolean usable =
        conclusion
            .map(left -> secretIsRight && left.verdict().reason().kind() == Reason.Kind.READY)
            .orElseGet(() -> status.filter(StatusReader::isReady).isPresent());
    return Optional.of(failure.verdict(reason(usable)));
  }

  private Reason reason(boolean usable) {
    if (snapshot.deleting()) {
      return Reason.CLUSTER_WRITE_REFUSED_AT_DELETION;
    }
    return usable ? Reason.CLUSTER_WRITE_REFUSED_IN_USE : Reason.CLUSTER_WRITE_REFUSED;
  }

  boolean toldBefore() {
    return same().filter(UnwrittenOutcome::told).isPresent();
  }

  UnwrittenOutcome outcome(boolean told, Optional<Conclusion> conclusion, List<Recorded> possible) {
    return new UnwrittenOutcome(
        failure,
        since(),
        told,
        conclusion,
        snapshot.metadata().getGeneration(),
        snapshot.annotation(Snapshot.RECONCILE_REQUESTED_AT),
        Set.copyOf(possible),
        TokenSecretDelivery.unwantedNames(snapshot));
  }

  private Instant since() {
    return same().map(UnwrittenOutcome::since).orElse(now);
  }

  private Optional<UnwrittenOutcome> same() {
    return snapshot.unwritten().filter(last -> last.failure().write() == failure.write());
  }
}
