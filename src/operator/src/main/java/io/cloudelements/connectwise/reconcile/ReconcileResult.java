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
 * @param reason why it ended; empty when it ended early because somebody else wrote first
 * @param requeueAfter when to look again; empty when only an event can bring news
 * @param nextFullCheck how long nothing need be asked of the service unless something changes;
 *     empty when the next reconcile has to
 * @param credentials what it worked with, to be kept for the deletion
 * @param asked whether it was to do what somebody asked for
 * @param awaitsService whether the account or the service failed it, not the resource: it is worth
 *     another reconcile as soon as the account's calls are answered again
 * @param counted what happened in it, for the metrics
 * @param unwritten what it could not write to the cluster
 */
public record ReconcileResult(
    Optional<Reason> reason,
    Optional<Duration> requeueAfter,
    Optional<Duration> nextFullCheck,
    Optional<CredentialsResult.Complete> credentials,
    boolean asked,
    boolean awaitsService,
    List<ReconcileEvent> counted,
    Optional<UnwrittenOutcome> unwritten)
    implements ReconcileEnd {

  /** The cache catches up in milliseconds, unless the API server is slow. */
  private static final Backoff AFTER_CONFLICT =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(6400));

  public ReconcileResult {
    counted = List.copyOf(counted);
  }

  /** One in which nothing happened that would be counted, and that wrote everything. */
  public ReconcileResult(
      Optional<Reason> reason,
      Optional<Duration> requeueAfter,
      Optional<Duration> nextFullCheck,
      Optional<CredentialsResult.Complete> credentials) {
    this(
        reason,
        requeueAfter,
        nextFullCheck,
        credentials,
        false,
        false,
        List.of(),
        Optional.empty());
  }

  static ReconcileResult finished(Reason reason) {
    return new ReconcileResult(
        Optional.of(reason), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The resource changed meanwhile: look again as soon as the cache may have caught up.
   *
   * @param input what is still unwritten since an earlier reconcile stays so
   */
  static ReconcileResult conflict(ReconcileInput input) {
    return new ReconcileResult(
        Optional.empty(),
        Optional.of(AFTER_CONFLICT.after(input.failures())),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        input.unwritten());
  }

  /** The API server did not take a write: look again, and begin with what is left. */
  static ReconcileResult unwritten(Optional<Reason> reason, Duration again, UnwrittenOutcome left) {
    return new ReconcileResult(
        reason,
        Optional.of(again),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        Optional.of(left));
  }

  ReconcileResult with(List<ReconcileEvent> happened) {
    return new ReconcileResult(
        reason,
        requeueAfter,
        nextFullCheck,
        credentials,
        asked,
        awaitsService,
        happened,
        unwritten);
  }

  public ReconcileResult with(CredentialsResult.Complete used) {
    return new ReconcileResult(
        reason,
        requeueAfter,
        nextFullCheck,
        Optional.of(used),
        asked,
        awaitsService,
        counted,
        unwritten);
  }

  ReconcileResult asked(boolean requested) {
    return new ReconcileResult(
        reason,
        requeueAfter,
        nextFullCheck,
        credentials,
        requested,
        awaitsService,
        counted,
        unwritten);
  }

  ReconcileResult awaitingService(boolean failedByIt) {
    return new ReconcileResult(
        reason, requeueAfter, nextFullCheck, credentials, asked, failedByIt, counted, unwritten);
  }

  /** Whether somebody still waits for what this reconcile was to do. */
  public boolean unfinishedChange() {
    return asked && failed();
  }

  /** Whether the next reconcile should wait longer if it ends alike. */
  public boolean failed() {
    return reason
        .map(r -> r.kind().failed() || r == Reason.AWAITING_OUTCOME || unwritten.isPresent())
        .orElse(true);
  }
}
