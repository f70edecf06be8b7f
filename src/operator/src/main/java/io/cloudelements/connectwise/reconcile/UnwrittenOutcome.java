package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a reconcile could not write to the cluster. The next one repeats the write without a call to
 * the service, as long as spec, Secrets and status are the same. It is kept in memory only.
 *
 * @param refused the write that ended the reconcile
 * @param conclusion what is to be written, as it is {@linkplain Conclusion#kept kept}; empty when
 *     the reconcile failed before it had one
 * @param basis on which the conclusion rests
 * @param formerSecrets token Secrets that are still to be removed
 * @param interrupted what the status said of a ready resource before a refused read was reported in
 *     it, which still holds when the read succeeds on the same basis
 * @param withoutIntent the resource's version that this process's finalizer left, when no intent
 *     was written after it: as long as that is the version, no {@code POST} was made
 */
public record UnwrittenOutcome(
    FailedWrite refused,
    Optional<Conclusion> conclusion,
    Basis basis,
    Set<String> formerSecrets,
    Optional<Outcome> interrupted,
    Optional<String> withoutIntent) {

  /** A failure that is no refusal is reported when it has lasted this long. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * A write that failed.
   *
   * @param since when it failed first
   * @param told whether the failure was reported to a person
   */
  public record FailedWrite(ClusterWriteFailure failure, Instant since, boolean told) {}

  /**
   * What was the case when the conclusion was drawn.
   *
   * @param generation of the spec that the reconcile followed
   * @param requestedAt the requested reconcile that it carried out
   * @param configuration keyed hash of the configuration that was wanted; empty without a
   *     conclusion
   * @param possible what the status may record by now: a write without an answer may have been
   *     applied
   */
  public record Basis(
      long generation,
      Optional<String> requestedAt,
      Optional<String> configuration,
      Set<Recorded> possible) {
    public Basis {
      possible = Set.copyOf(possible);
    }

    Basis orRecorded(List<Recorded> written) {
      Set<Recorded> either = new HashSet<>(possible);
      either.addAll(written);
      return new Basis(generation, requestedAt, configuration, either);
    }

    boolean holds(ReconcileInput input) {
      return input.metadata().getGeneration() == generation
          && input.annotation(Annotations.RECONCILE_REQUESTED_AT).equals(requestedAt)
          && possible.contains(
              StatusReader.recorded(input.resource()).withReason(Optional.empty()));
    }
  }

  public UnwrittenOutcome {
    formerSecrets = Set.copyOf(formerSecrets);
  }

  /**
   * @param conclusion what is to be written; empty when the reconcile failed before it had one
   * @param possible what the status may record by now
   */
  static UnwrittenOutcome of(
      ReconcileInput input,
      ClusterWriteFailure failure,
      Instant now,
      Optional<Conclusion> conclusion,
      List<Recorded> possible,
      Optional<String> withoutIntent) {
    Optional<FailedWrite> before = before(input, failure);
    Instant since = before.map(FailedWrite::since).orElse(now);
    boolean told =
        isToldBefore(input, failure) || failure.refused() || !now.isBefore(since.plus(PATIENCE));
    FailedWrite failed = new FailedWrite(failure, since, told);
    Optional<UnwrittenOutcome> last =
        input.history().unwritten().filter(_ -> input.refusedRead().isPresent());
    return last.map(left -> left.keptBy(failed, possible))
        .orElseGet(() ->
            new UnwrittenOutcome(
                failed,
                conclusion.map(Conclusion::kept),
                new Basis(
                    input.metadata().getGeneration(),
                    input.annotation(Annotations.RECONCILE_REQUESTED_AT),
                    conclusion.map(drawn -> hash(drawn.desired())),
                    Set.copyOf(possible)),
                TokenSecretDelivery.unwantedNames(input),
                input.refusedRead().flatMap(_ -> ready(input)),
                withoutIntent));
  }

  /** A reconcile that may not read leaves what an earlier one could not write. */
  private UnwrittenOutcome keptBy(FailedWrite failed, List<Recorded> possible) {
    return new UnwrittenOutcome(
        failed, conclusion, basis.orRecorded(possible), formerSecrets, interrupted, withoutIntent);
  }

  private static Optional<Outcome> ready(ReconcileInput input) {
    return StatusReader.status(input.resource())
        .filter(
            status -> Objects.equals(status.observedGeneration(), input.metadata().getGeneration()))
        .flatMap(StatusReader::outcome)
        .filter(outcome -> outcome.reason().kind() == Reason.Kind.READY);
  }

  /** What the status would say, had every Secret been read since. */
  Optional<Outcome> interruptedFor(ReconcileInput input) {
    return interrupted.filter(_ -> basis.holds(input));
  }

  /** Whether an earlier reconcile reported that this write fails. */
  static boolean isToldBefore(ReconcileInput input, ClusterWriteFailure failure) {
    return before(input, failure).filter(FailedWrite::told).isPresent();
  }

  private static Optional<FailedWrite> before(ReconcileInput input, ClusterWriteFailure failure) {
    return input
        .history()
        .unwritten()
        .map(UnwrittenOutcome::refused)
        .filter(last -> last.failure().write() == failure.write());
  }

  public ClusterWriteFailure failure() {
    return refused.failure();
  }

  public boolean told() {
    return refused.told();
  }

  /** The same with what the status now records, after the failure was reported in it. */
  UnwrittenOutcome reported(Recorded written) {
    return new UnwrittenOutcome(
        refused,
        conclusion.map(left -> left.reported(written)),
        basis,
        formerSecrets,
        interrupted,
        withoutIntent);
  }

  /** Its conclusion, if nothing that it rests on has changed since. */
  Optional<Conclusion> conclusionFor(ReconcileInput input, DesiredInstance desired) {
    return conclusion
        .filter(_ -> basis.holds(input))
        .filter(found -> asksTheSame(found.desired(), desired))
        .filter(_ -> basis.configuration().equals(Optional.of(hash(desired))))
        .map(found -> found.of(desired));
  }

  private static String hash(DesiredInstance desired) {
    return desired.configuration().fingerprint(desired.account().userSecret());
  }

  private static boolean asksTheSame(DesiredInstance before, DesiredInstance now) {
    return before.element() == now.element()
        && before.name().equals(now.name())
        && before.tags().equals(now.tags())
        && before.account().fingerprint().equals(now.account().fingerprint())
        && before.enabled().equals(now.enabled())
        && before.policy() == now.policy()
        && before.deletionPolicy() == now.deletionPolicy();
  }
}
