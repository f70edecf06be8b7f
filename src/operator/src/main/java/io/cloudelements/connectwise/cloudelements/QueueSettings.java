package io.cloudelements.connectwise.cloudelements;

import java.time.Duration;

/**
 * How much the service is asked at a time.
 *
 * @param maxConcurrent calls in flight per account ({@code ACCOUNT_MAX_CONCURRENT_REQUESTS})
 * @param maxConnections calls in flight per host, over all its accounts ({@code
 *     MAX_CONCURRENT_REQUESTS})
 * @param maxWaiting further calls per account and lane that may wait for their turn; each waits
 *     with what it is about in its hands
 * @param breakerFailures consecutive failures that open the account's breaker ({@code
 *     ACCOUNT_BREAKER_FAILURES})
 * @param maxWait how long a call waits for its turn, before its own deadline begins; a creation
 *     four times as long, of which it says so after the half
 */
public record QueueSettings(
    int maxConcurrent, int maxConnections, int maxWaiting, int breakerFailures, Duration maxWait) {
  /** Defaults of the settings table. */
  public static final QueueSettings DEFAULTS =
      new QueueSettings(16, 512, 1_000, 5, Duration.ofSeconds(30));

  public QueueSettings {
    if (maxConcurrent < 1
        || maxConnections < 1
        || breakerFailures < 1
        || maxWaiting < 0
        || maxWait.isNegative()) {
      throw new IllegalArgumentException(
          "maxConcurrent, maxConnections and breakerFailures must be positive, the others not"
              + " negative");
    }
  }
}
