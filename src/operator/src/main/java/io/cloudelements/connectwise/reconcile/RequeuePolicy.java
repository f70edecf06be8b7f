package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Backoff;
import io.cloudelements.connectwise.instance.Jitter;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to reconcile a resource again. The jitter comes from its UID, so that resources spread, and
 * so that the same input always gives the same answer.
 *
 * @param failures failed reconciles in a row before this one
 */
public record RequeuePolicy(ResyncIntervals intervals, String uid, int failures, Instant now) {
  private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);
  private static final Duration LEAST_SPREAD = Duration.ofSeconds(2);

  private static final Backoff RETRY = new Backoff(Duration.ofSeconds(2), SLOWEST_RETRY);
  private static final Backoff CLUSTER = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Backoff SEARCH = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));
  private static final Backoff DELETION = new Backoff(Duration.ofSeconds(1), SLOWEST_RETRY);
  private static final Backoff BLOCKED_DELETION =
      new Backoff(Duration.ofSeconds(15), SLOWEST_RETRY);
  private static final Backoff STALLED = new Backoff(Duration.ofMinutes(10), Duration.ofHours(1));

  /** How long nothing need be asked of the service; empty when the outcome leaves that open. */
  Optional<Duration> nextFullCheck(Outcome outcome) {
    return outcome.reason().isConverged()
        ? Optional.of(intervals.afterFullCheck(uid, now))
        : Optional.empty();
  }

  /** When to check a converged resource, whose next full check is due after so long. */
  Duration converged(Duration nextFullCheck) {
    return intervals.secretsWatched()
        ? nextFullCheck
        : min(nextFullCheck, Jitter.around(intervals.resync(), name(0)));
  }

  /** Empty when it need not be reconciled again. */
  public Optional<Duration> after(Outcome outcome) {
    if (outcome.reason().isOfCluster()) {
      return Optional.of(jittered(RETRY));
    }
    return switch (outcome.reason().kind()) {
      case READY, DEGRADED, REFUSED ->
          Optional.of(
              notBefore(
                  outcome, converged(intervals.after(outcome.reason()).afterFullCheck(uid, now))));
      case PLANNED, SUSPENDED ->
          Optional.of(notBefore(outcome, Jitter.around(intervals.resync(), name(0))));
      case RETRYING, UNKNOWN -> Optional.of(notBefore(outcome, jittered(RETRY)));
      case STALLED, WITHHELD -> Optional.of(notBefore(outcome, jittered(stalled())));
      case DELETION_BLOCKED ->
          Optional.of(
              notBefore(
                  outcome,
                  // A person's confirmation is an event, and there may be thousands that wait.
                  jittered(
                      outcome.reason() == Reason.DELETION_HELD ? stalled() : BLOCKED_DELETION)));
      case PROGRESSING ->
          Optional.of(
              outcome.reason() == Reason.AWAITING_OUTCOME
                  ? min(SEARCH.after(failures), untilThen(outcome))
                  : outcome.notBefore().map(_ -> untilThen(outcome)).orElse(Duration.ZERO));
      case DELETING -> Optional.of(min(jittered(DELETION), untilThen(outcome)));
      case FINISHED -> Optional.empty();
    };
  }

  /**
   * After a reconcile that the API server failed: nothing could be reported.
   *
   * @param failures failed reconciles in a row before this one
   */
  public static Duration afterClusterFailure(int failures, String uid) {
    return Jitter.around(CLUSTER.after(failures), uid + failures);
  }

  /** A resource whose own interval is longer is not asked about more often than that. */
  private Backoff stalled() {
    return new Backoff(
        max(STALLED.first(), intervals.resync()), max(STALLED.longest(), intervals.resync()));
  }

  private Duration jittered(Backoff backoff) {
    return Jitter.around(backoff.after(failures), name(failures));
  }

  private Duration notBefore(Outcome outcome, Duration wait) {
    return outcome
        .notBefore()
        .map(then -> max(wait, later(max(Duration.between(now, then), Duration.ZERO))))
        .orElse(wait);
  }

  private Duration untilThen(Outcome outcome) {
    return outcome
        .notBefore()
        .map(then -> max(Duration.between(now, then), Duration.ofMillis(1)))
        .orElse(SLOWEST_RETRY);
  }

  /**
   * Never earlier, and up to a fifth later, or two seconds: all resources that an account holds
   * back get the same instant, and must not be reconciled at once.
   */
  private Duration later(Duration wait) {
    return wait.plus(Jitter.upTo(max(LEAST_SPREAD, wait.dividedBy(5)), name(failures)));
  }

  private String name(int attempt) {
    return uid + attempt;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
