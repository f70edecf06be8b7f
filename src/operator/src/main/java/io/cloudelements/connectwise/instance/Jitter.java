package io.cloudelements.connectwise.instance;

import java.time.Duration;

/**
 * Spreads in time what would otherwise happen at once. It comes from a hash of a name, so that the
 * same input always gives the same answer.
 */
public final class Jitter {
  private Jitter() {}

  /**
   * A part of a duration, in whole milliseconds.
   *
   * @param name subjects with different names spread over the whole of it
   */
  public static Duration upTo(Duration most, String name) {
    // The upper bits of the product depend on all of the hash; those of similar texts are near.
    long spread = (name.hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
    long bound = most.toMillis();
    return bound == 0 ? Duration.ZERO : Duration.ofMillis(spread % bound);
  }

  /** Between 90 % and 110 % of a duration. */
  public static Duration around(Duration duration, String name) {
    return duration.multipliedBy(9).dividedBy(10).plus(upTo(duration.dividedBy(5), name));
  }
}
