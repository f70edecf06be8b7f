package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Backoff;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is left to do after a reconcile.
 *
 * @param reason why it ended; empty when a conflict ended it early
 * @param requeueAfter when to reconcile again; empty: only after an event
 * @param counted what happened in it, for the metrics
 * @param remembered what the next reconcile is to know of it
 */
public record ReconcileResult(
    Optional<Reason> reason,
    Optional<Duration> requeueAfter,
    List<ReconcileEvent> counted,
    Remembered remembered)
    implements ReconcileEnd {

  /**
   * What the next reconcile is to know.
   *
   * @param nextFullCheck how long nothing need be asked of the service unless something changes;
   *     empty when the next reconcile has to
   * @param credentials what it worked with, to be kept for the deletion
   * @param usersChange whether it was to carry out a user's change
   * @param awaitsService whether the account or the service failed it, not the resource: it is
   *     worth another reconcile as soon as the account's calls are answered again
   * @param unwritten what it could not write to the cluster
   */
  public record Remembered(
      Optional<Duration> nextFullCheck,
      Optional<CredentialsResult.Complete> credentials,
      boolean usersChange,
      boolean awaitsService,
      Optional<UnwrittenOutcome> unwritten) {
    static final Remembered NOTHING = ofFullCheck(Optional.empty());

    static Remembered ofFullCheck(Optional<Duration> next) {
      return new Remembered(next, Optional.empty(), false, false, Optional.empty());
    }

    static Remembered ofUnwritten(Optional<UnwrittenOutcome> left) {
      return ofUnwritten(left, Optional.empty());
    }

    static Remembered ofUnwritten(Optional<UnwrittenOutcome> left, Optional<Duration> next) {
      return new Remembered(next, Optional.empty(), false, false, left);
    }
  }

  /** The cache catches up in milliseconds, unless the API server is slow. */
  private static final Backoff AFTER_CONFLICT =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(6400));

  public ReconcileResult {
    counted = List.copyOf(counted);
  }

  static ReconcileResult finished(Reason reason, List<ReconcileEvent> counted) {
    return new ReconcileResult(Optional.of(reason), Optional.empty(), counted, Remembered.NOTHING);
  }

  /**
   * The resource changed meanwhile: requeued for when the cache may have caught up.
   *
   * @param input what is still unwritten since an earlier reconcile stays so
   */
  static ReconcileResult conflict(ReconcileInput input) {
    return new ReconcileResult(
        Optional.empty(),
        Optional.of(AFTER_CONFLICT.after(input.history().failures())),
        List.of(),
        Remembered.ofUnwritten(input.history().unwritten()));
  }

  public ReconcileResult with(CredentialsResult.Complete used) {
    return with(
        new Remembered(
            remembered.nextFullCheck,
            Optional.of(used),
            remembered.usersChange,
            remembered.awaitsService,
            remembered.unwritten));
  }

  ReconcileResult ofUsersChange(boolean is) {
    return with(
        new Remembered(
            remembered.nextFullCheck,
            remembered.credentials,
            is,
            remembered.awaitsService,
            remembered.unwritten));
  }

  ReconcileResult awaitingService(boolean failedByIt) {
    return with(
        new Remembered(
            remembered.nextFullCheck,
            remembered.credentials,
            remembered.usersChange,
            failedByIt,
            remembered.unwritten));
  }

  private ReconcileResult with(Remembered changed) {
    return new ReconcileResult(reason, requeueAfter, counted, changed);
  }

  /** Whether a user's change is still to be carried out. */
  public boolean unfinishedChange() {
    return remembered.usersChange && failed();
  }

  /** Whether the next reconcile should wait longer if it ends alike. */
  public boolean failed() {
    return reason
        .map(r ->
            r.kind().failed() || r == Reason.AWAITING_OUTCOME || remembered.unwritten.isPresent())
        .orElse(true);
  }
}
