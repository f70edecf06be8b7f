package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass could not write to the cluster. The next one writes it again and asks the service
 * nothing, as long as what it rests on has not changed. Kept in memory only.
 *
 * @param failure of the write that ended the pass
 * @param since when this write failed first
 * @param told whether a person was told
 * @param conclusion what is to be written; empty when the pass had not come to one
 * @param generation of the spec that the pass followed
 * @param requestedAt the requested pass that it carried out
 * @param possible what the status may record by now: a write without an answer may have been
 *     applied
 * @param formerSecrets token Secrets that are still to be removed
 */
public record UnwrittenOutcome(
    ClusterWriteFailure failure,
    Instant since,
    boolean told,
    Optional<Conclusion> conclusion,
    long generation,
    Optional<String> requestedAt,
    Set<Recorded> possible,
    Set<String> formerSecrets) {

  /** A failure that may pass by itself and does so within this time is not told. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public UnwrittenOutcome {
    possible = Set.copyOf(possible);
    formerSecrets = Set.copyOf(formerSecrets);
  }

  /** Whether it is time to tell a person: a refusal at once, anything else when it lasts. */
  static boolean isToBeTold(ClusterWriteFailure failure, Instant since, Instant now) {
    return failure.refused() || !now.isBefore(since.plus(PATIENCE));
  }

  /** Its conclusion, if nothing that it rests on has changed since. */
  Optional<Conclusion> conclusionFor(Snapshot snapshot, DesiredInstance desired) {
    boolean unchanged =
        snapshot.metadata().getGeneration() == generation
            && snapshot.annotation(Snapshot.RECONCILE_REQUESTED_AT).equals(requestedAt)
            && possible.contains(
                StatusReader.recorded(
                        Optional.ofNullable(snapshot.resource().getStatus()), generation)
                    .withoutReason());
    return conclusion.filter(_ -> unchanged).filter(found -> sameWish(found.desired(), desired));
  }

  private static boolean sameWish(DesiredInstance before, DesiredInstance now) {
    return before.definition().equals(now.definition())
        && before.account().fingerprint().equals(now.account().fingerprint())
        && before.enabled().equals(now.enabled())
        && before.policy() == now.policy()
        && before.deletionPolicy() == now.deletionPolicy();
  }
}
