package io.cloudelements.connectwise.ratelimit;

import java.time.Duration;

/**
 * The limits of all queues.
 *
 * @param maxConcurrent permits per account ({@code ACCOUNT_MAX_CONCURRENT_REQUESTS})
 * @param maxConnections permits per host, over all its accounts ({@code MAX_CONCURRENT_REQUESTS})
 * @param breakerFailures consecutive failures that open the account's breaker ({@code
 *     ACCOUNT_BREAKER_FAILURES})
 * @param maxWait how long a blocking caller waits for a permit
 */
public record QueueSettings(
    int maxConcurrent, int maxConnections, int breakerFailures, Duration maxWait) {
  /** Defaults of the settings table. */
  public static final QueueSettings DEFAULTS =
      new QueueSettings(16, 512, 5, Duration.ofSeconds(30));

  /**
   * An account, and a breaker that is closed, are forgotten when they were not used for so long.
   * Longer than the usual time between two drift checks.
   */
  public static final Duration IDLE = Duration.ofMinutes(15);

  public QueueSettings {
    if (maxConcurrent < 1 || maxConnections < 1 || breakerFailures < 1 || maxWait.isNegative()) {
      throw new IllegalArgumentException(
          "maxConcurrent, maxConnections and breakerFailures must be positive, maxWait not"
              + " negative");
    }
  }
}
