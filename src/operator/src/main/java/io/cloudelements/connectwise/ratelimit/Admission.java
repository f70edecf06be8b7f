package io.cloudelements.connectwise.ratelimit;

import java.time.Instant;

/** The answer to a request for a permit. */
public sealed interface Admission {

  /**
   * The calls may be made now.
   *
   * @param permit for all calls of one reconcile; to be released
   */
  record Admitted(Permit permit) implements Admission {}

  /** All places are taken. The resource is in the queue, and is told when one is reserved. */
  record Queued() implements Admission {}

  /**
   * The account may not be called at all. The resource is not in the queue.
   *
   * @param until on the clock that the queue is asked with
   */
  record PausedUntil(Instant until, PauseCause cause) implements Admission {}

  /** Why an account is paused. */
  sealed interface PauseCause {

    /**
     * {@code Retry-After} (contract §7).
     *
     * @param until on the wall clock, as it was when the service asked: a text with this date does
     *     not change from one request to the next
     */
    record AskedByService(Instant until) implements PauseCause {}

    /** The circuit breaker is open, or its probe is under way. */
    record RepeatedFailures() implements PauseCause {}
  }
}
