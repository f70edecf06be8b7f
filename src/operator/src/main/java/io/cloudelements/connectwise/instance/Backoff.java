package io.cloudelements.connectwise.instance;

import java.time.Duration;

/**
 * Pauses that double with every failure in a row.
 *
 * @param first after no earlier failure
 * @param longest which none exceeds
 */
public record Backoff(Duration first, Duration longest) {
  /** Beyond it the factor would overflow, and any cap is reached long before. */
  private static final int MOST_DOUBLINGS = 20;

  /**
   * The pause before the next attempt.
   *
   * @param failures in a row before the last one
   */
  public Duration after(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
