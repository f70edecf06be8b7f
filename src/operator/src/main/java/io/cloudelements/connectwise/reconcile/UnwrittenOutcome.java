package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass could not write to the cluster. The next pass repeats the write without a call to the
 * service, as long as spec, Secrets and status are the same. It is kept in memory only.
 *
 * @param failure of the write that ended the pass
 * @param since when this write failed first
 * @param told whether the failure was reported to a person
 * @param conclusion what is to be written; empty when the pass failed before it had one
 * @param generation of the spec that the pass followed
 * @param requestedAt the requested pass that it carried out
 * @param possible what the status may record by now: a write without an answer may have been
 *     applied
 * @param formerSecrets token Secrets that are still to be removed
 * @param neverIntended the resource's version that this process's finalizer left, when no intent
 *     was written after it: as long as that is the version, no {@code POST} was made
 */
public record UnwrittenOutcome(
    ClusterWriteFailure failure,
    Instant since,
    boolean told,
    Optional<Conclusion> conclusion,
    long generation,
    Optional<String> requestedAt,
    Set<Recorded> possible,
    Set<String> formerSecrets,
    Optional<String> neverIntended) {

  /** A failure that is no refusal is reported when it has lasted this long. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public UnwrittenOutcome {
    possible = Set.copyOf(possible);
    formerSecrets = Set.copyOf(formerSecrets);
  }

  /**
   * @param conclusion what is to be written; empty when the pass failed before it had one
   * @param possible what the status may record by now
   */
  static UnwrittenOutcome of(
      ReconcileInput input,
      ClusterWriteFailure failure,
      Instant now,
      Optional<Conclusion> conclusion,
      List<Recorded> possible,
      Optional<String> neverIntended) {
    Optional<UnwrittenOutcome> before = before(input, failure);
    Instant since = before.map(UnwrittenOutcome::since).orElse(now);
    return new UnwrittenOutcome(
        failure,
        since,
        isToldBefore(input, failure) || failure.refused() || !now.isBefore(since.plus(PATIENCE)),
        conclusion,
        input.metadata().getGeneration(),
        input.annotation(ReconcileInput.RECONCILE_REQUESTED_AT),
        Set.copyOf(possible),
        TokenSecretDelivery.unwantedNames(input),
        neverIntended);
  }

  /** Whether an earlier pass reported that this write fails. */
  static boolean isToldBefore(ReconcileInput input, ClusterWriteFailure failure) {
    return before(input, failure).filter(UnwrittenOutcome::told).isPresent();
  }

  private static Optional<UnwrittenOutcome> before(
      ReconcileInput input, ClusterWriteFailure failure) {
    return input.unwritten().filter(last -> last.failure().write() == failure.write());
  }

  /** The same with what the status now records, after the failure was reported in it. */
  UnwrittenOutcome reported(Recorded written) {
    return new UnwrittenOutcome(
        failure,
        since,
        told,
        conclusion.map(left -> left.reported(written)),
        generation,
        requestedAt,
        possible,
        formerSecrets,
        neverIntended);
  }

  /** Its conclusion, if nothing that it rests on has changed since. */
  Optional<Conclusion> conclusionFor(ReconcileInput input, DesiredInstance desired) {
    boolean unchanged =
        input.metadata().getGeneration() == generation
            && input.annotation(ReconcileInput.RECONCILE_REQUESTED_AT).equals(requestedAt)
            && possible.contains(StatusReader.recorded(input.resource()).withoutReason());
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
