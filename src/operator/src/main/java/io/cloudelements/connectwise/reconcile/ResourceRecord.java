package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one resource. Immutable.
 *
 * @param observed the input that the last reconcile saw or left behind
 * @param credentials the last ones with which a reconcile worked
 * @param unwritten what the last reconcile could not write
 * @param fulfilled the spec that the last reconcile found fulfilled, if it did
 */
record ResourceRecord(
    String uid,
    ObservedInputs observed,
    Due due,
    FailureStreak backoff,
    Optional<CredentialsResult.Complete> credentials,
    Optional<UnwrittenOutcome> unwritten,
    Optional<FulfilledSpec> fulfilled) {

  /** Timers count whole milliseconds, and one that fires a little early is still due. */
  private static final Duration EARLY = Duration.ofMillis(20);

  /**
   * @param reconcile when the next reconcile is; empty: at once
   * @param fullCheck when the next full check is due; empty: unknown
   */
  record Due(Optional<Instant> reconcile, Optional<Instant> fullCheck) {}

  /**
   * @param failures reconciles in a row that failed
   * @param unfinishedChange whether a failed reconcile was to carry out a user's change
   * @param awaitsService whether the account or the service failed the last reconcile
   * @param error why the last reconcile had no result
   */
  record FailureStreak(
      int failures, boolean unfinishedChange, boolean awaitsService, Optional<String> error) {}

  /** Before the first reconcile. */
  static ResourceRecord blank(String uid) {
    return new ResourceRecord(
        uid,
        ObservedInputs.NONE,
        new Due(Optional.empty(), Optional.empty()),
        new FailureStreak(0, false, false, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * @param left the versions that the reconcile saw, or left behind where it wrote
   */
  ResourceRecord after(
      ReconcileInput input, ReconcileResult result, ObservedInputs left, Instant now) {
    return new ResourceRecord(
        uid,
        left,
        new Due(
            result.requeueAfter().map(now::plus),
            Optional.of(now.plus(result.remembered().nextFullCheck().orElse(Duration.ZERO)))),
        new FailureStreak(
            result.failed() ? input.history().failures() + 1 : 0,
            result.unfinishedChange(),
            result.remembered().awaitsService(),
            Optional.empty()),
        result.remembered().credentials().or(() -> credentials),
        result.remembered().unwritten(),
        result
            .reason()
            .filter(reason -> reason.kind() == Reason.Kind.READY)
            .map(_ -> FulfilledSpec.of(input.resource())));
  }

  /** The next reconcile is due at once, and begins with what the last result left. */
  ResourceRecord afterFailure(String error) {
    return new ResourceRecord(
        uid,
        observed,
        new Due(Optional.empty(), due.fullCheck()),
        new FailureStreak(
            backoff.failures() + 1,
            backoff.unfinishedChange(),
            backoff.awaitsService(),
            Optional.of(error)),
        credentials,
        unwritten,
        Optional.empty());
  }

  ResourceRecord endBackoff() {
    return new ResourceRecord(
        uid,
        observed,
        new Due(Optional.empty(), due.fullCheck()),
        new FailureStreak(backoff.failures(), backoff.unfinishedChange(), false, backoff.error()),
        credentials,
        unwritten,
        fulfilled);
  }

  ResourceRecord withCredentials(Optional<CredentialsResult.Complete> other) {
    return new ResourceRecord(uid, observed, due, backoff, other, unwritten, fulfilled);
  }

  /** Until the next reconcile, as long as the input is the same; empty: it is due. */
  Optional<Duration> remaining(ObservedInputs now, Instant time) {
    return due.reconcile()
        .filter(_ -> observed.equals(now))
        .map(then -> until(then, time))
        .filter(Duration::isPositive);
  }

  Optional<Duration> nextFullCheck(Instant time) {
    return due.fullCheck().map(then -> until(then, time));
  }

  /**
   * What the next reconcile is to know, but for its full check.
   *
   * @param now its input; the failures in a row count only as long as nothing changed since that
   *     may resolve them
   */
  ReconcileHistory history(ObservedInputs now) {
    ReconcileHistory history =
        new ReconcileHistory(
            credentials,
            backoff.failures(),
            backoff.unfinishedChange(),
            Optional.empty(),
            unwritten,
            fulfilled);
    return observed.hasSameInput(now) ? history : history.withoutFailures();
  }

  /** The part of it that holds for the next reconcile with any input. */
  ReconcileHistory lasting() {
    return new ReconcileHistory(Optional.empty(), 0, false, Optional.empty(), unwritten, fulfilled);
  }

  boolean awaitsServiceOf(String account) {
    return backoff.awaitsService()
        && credentials.filter(known -> known.account().fingerprint().equals(account)).isPresent();
  }

  private static Duration until(Instant then, Instant now) {
    Duration wait = Duration.between(now, then);
    return wait.compareTo(EARLY) > 0 ? wait : Duration.ZERO;
  }
}
