package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to look at a resource again. The jitter comes from a hash of its UID, so that resources
 * spread, and so that the same input always gives the same answer.
 */
public final class RequeuePolicy {
  private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);
  private static final Duration SLOWEST_CLUSTER_RETRY = Duration.ofMinutes(1);
  private static final Duration STALLED_RECHECK = Duration.ofMinutes(10);
  private static final Duration SLOWEST_STALLED_RECHECK = Duration.ofHours(1);
  private static final Duration SEARCH_AGAIN = Duration.ofSeconds(15);
  private static final Duration LEAST_SPREAD = Duration.ofSeconds(2);

  private RequeuePolicy() {}

  /** How long nothing need be asked of the service; empty when the verdict leaves that open. */
  static Optional<Duration> nextFullCheck(
      Outcome outcome, ResyncIntervals rhythm, String uid, Instant now) {
    return outcome.reason().isConverged()
        ? Optional.of(rhythm.afterLook(uid, now))
        : Optional.empty();
  }

  /** When to check a resource at rest, which is to be looked at after so long. */
  static Duration atRest(Duration nextFullCheck, ResyncIntervals rhythm, String uid) {
    return rhythm.secretsWatched()
        ? nextFullCheck
        : min(nextFullCheck, jittered(rhythm.resync(), uid, 0));
  }

  /**
   * @param failures failed passes in a row before this one
   */
  public static Optional<Duration> after(
      Outcome outcome, int failures, ResyncIntervals rhythm, String uid, Instant now) {
    Duration resync = rhythm.resync();
    if (outcome.reason().isOfCluster()) {
      return Optional.of(retry(failures, uid));
    }
    Duration wait =
        switch (outcome.reason().kind()) {
          case READY, DEGRADED, REFUSED ->
              atRest(rhythm.after(outcome.reason()).afterLook(uid, now), rhythm, uid);
          case PLANNED, SUSPENDED -> jittered(resync, uid, 0);
          case PROGRESSING ->
              outcome.reason() == Reason.AWAITING_OUTCOME
                  ? min(
                      doubled(Duration.ofSeconds(1), failures, SEARCH_AGAIN),
                      untilThen(outcome, now))
                  : outcome.notBefore().map(_ -> untilThen(outcome, now)).orElse(Duration.ZERO);
          case RETRYING, UNKNOWN -> retry(failures, uid);
          case DELETING ->
              min(
                  jittered(doubled(Duration.ofSeconds(1), failures, SLOWEST_RETRY), uid, failures),
                  untilThen(outcome, now));
          case DELETION_BLOCKED ->
              jittered(doubled(Duration.ofSeconds(15), failures, SLOWEST_RETRY), uid, failures);
          case STALLED ->
              jittered(
                  doubled(
                      max(STALLED_RECHECK, resync), failures, max(SLOWEST_STALLED_RECHECK, resync)),
                  uid,
                  failures);
          case FINISHED -> Duration.ZERO;
        };
    if (outcome.reason().kind() == Reason.Kind.FINISHED) {
      return Optional.empty();
    }
    boolean mustWait =
        outcome.reason().kind() != Reason.Kind.PROGRESSING
            && outcome.reason().kind() != Reason.Kind.DELETING;
    return Optional.of(
        mustWait ? max(wait, notBefore(outcome, now).map(t -> spread(t, uid, failures))) : wait);
  }

  private static Duration retry(int failures, String uid) {
    return jittered(doubled(Duration.ofSeconds(2), failures, SLOWEST_RETRY), uid, failures);
  }

  /** When the account had no turn to give: others were first, and nothing failed. */
  static Duration afterMissedTurn(String uid, int failures) {
    return spread(Duration.ZERO, uid, failures);
  }

  /**
   * After a pass that the API server failed: nothing could be reported, and nobody else will tell.
   *
   * @param failures failed passes in a row before this one
   */
  public static Duration afterClusterFailure(int failures, String uid) {
    return jittered(doubled(Duration.ofSeconds(1), failures, SLOWEST_CLUSTER_RETRY), uid, failures);
  }

  private static Optional<Duration> notBefore(Outcome outcome, Instant now) {
    return outcome.notBefore().map(then -> max(Duration.between(now, then), Duration.ZERO));
  }

  private static Duration untilThen(Outcome outcome, Instant now) {
    return outcome
        .notBefore()
        .map(then -> max(Duration.between(now, then), Duration.ofMillis(1)))
        .orElse(SLOWEST_RETRY);
  }

  private static Duration doubled(Duration base, int times, Duration cap) {
    return min(base.multipliedBy(1L << Math.min(times, 20)), cap);
  }

  private static long permille(String uid, int salt) {
    return Math.floorMod((uid + salt).hashCode() * 0x9E3779B1L, 1001L);
  }

  /** Between 90 % and 110 %. */
  private static Duration jittered(Duration duration, String uid, int salt) {
    return duration.multipliedBy(900 + permille(uid, salt) / 5).dividedBy(1000);
  }

  /**
   * Never earlier, and up to a fifth later, or two seconds: whoever an account holds back is told
   * the same instant, and must not come back in it together.
   */
  private static Duration spread(Duration wait, String uid, int salt) {
    return wait.plus(
        max(LEAST_SPREAD, wait.dividedBy(5)).multipliedBy(permille(uid, salt)).dividedBy(1000));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration max(Duration a, Optional<Duration> b) {
    return b.map(other -> max(a, other)).orElse(a);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
