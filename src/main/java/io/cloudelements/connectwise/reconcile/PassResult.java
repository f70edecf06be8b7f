package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is left to do after a pass.
 *
 * @param reason why it ended; empty when it ended early because somebody else wrote first
 * @param requeueAfter when to look again; empty when only an event can bring news
 * @param nextLook how long nothing need be asked of the service unless something changes; empty
 *     when the next pass has to
 * @param credentials what it worked with, to be kept for the deletion
 * @param asked whether it was to do what somebody asked for
 * @param awaitsService whether the account or the service failed it, not the resource: it is worth
 *     another pass as soon as the account's calls are answered again
 * @param occurrences what happened in it, for the metrics
 * @param unwritten what it could not write to the cluster
 */
public record PassResult(
    Optional<Reason> reason,
    Optional<Duration> requeueAfter,
    Optional<Duration> nextLook,
    Optional<CredentialsResult.Complete> credentials,
    boolean asked,
    boolean awaitsService,
    List<Occurrence> occurrences,
    Optional<UnwrittenOutcome> unwritten) {

  public PassResult {
    occurrences = List.copyOf(occurrences);
  }

  /** One in which nothing happened that would be counted, and that wrote everything. */
  public PassResult(
      Optional<Reason> reason,
      Optional<Duration> requeueAfter,
      Optional<Duration> nextLook,
      Optional<CredentialsResult.Complete> credentials) {
    this(reason, requeueAfter, nextLook, credentials, false, false, List.of(), Optional.empty());
  }

  static PassResult finished(Reason reason) {
    return new PassResult(
        Optional.of(reason), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The resource changed meanwhile: look again as soon as the cache may have caught up.
   *
   * @param snapshot what is still unwritten since an earlier pass stays so
   */
  static PassResult overtaken(Snapshot snapshot) {
    return new PassResult(
        Optional.empty(),
        Optional.of(Duration.ofMillis(100L << Math.min(snapshot.failures(), 6))),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        snapshot.unwritten());
  }

  /** The API server did not take a write: look again, and begin with what is left. */
  static PassResult unwritten(Optional<Reason> reason, Duration again, UnwrittenOutcome left) {
    return new PassResult(
        reason,
        Optional.of(again),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        Optional.of(left));
  }

  PassResult with(List<Occurrence> happened) {
    return new PassResult(
        reason, requeueAfter, nextLook, credentials, asked, awaitsService, happened, unwritten);
  }

  public PassResult with(CredentialsResult.Complete used) {
    return new PassResult(
        reason,
        requeueAfter,
        nextLook,
        Optional.of(used),
        asked,
        awaitsService,
        occurrences,
        unwritten);
  }

  PassResult asked(boolean bySomebody) {
    return new PassResult(
        reason,
        requeueAfter,
        nextLook,
        credentials,
        bySomebody,
        awaitsService,
        occurrences,
        unwritten);
  }

  PassResult awaitingService(boolean failedByIt) {
    return new PassResult(
        reason, requeueAfter, nextLook, credentials, asked, failedByIt, occurrences, unwritten);
  }

  /** Whether somebody still waits for what this pass was to do. */
  public boolean unfinishedChange() {
    return asked && failed();
  }

  /** Whether the next pass should wait longer if it ends alike. */
  public boolean failed() {
    return reason
        .map(r ->
            switch (r.kind()) {
              case RETRYING, STALLED, UNKNOWN, DELETION_BLOCKED, DELETING -> true;
              case PROGRESSING -> r == Reason.AWAITING_OUTCOME;
              case READY, DEGRADED, PLANNED, SUSPENDED, REFUSED, FINISHED -> unwritten.isPresent();
            })
        .orElse(true);
  }
}
