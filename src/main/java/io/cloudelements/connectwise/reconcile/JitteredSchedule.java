package io.cloudelements.connectwise.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * Recurring times of one subject, fixed on the wall clock by a hash of its name: subjects spread
 * over the period, and a process that starts again and again neither brings a burst nor puts
 * anybody off for ever. Each time comes up to a tenth of a period late, so that no two subjects
 * keep in step.
 */
public record JitteredSchedule(String subject, Duration period) {

  /** The first time after this one. */
  public Instant after(Instant time) {
    long index = Math.floorDiv(time.toEpochMilli() - phase(), period.toMillis()) - 1;
    Instant slot = slot(index);
    while (!slot.isAfter(time)) {
      index++;
      slot = slot(index);
    }
    return slot;
  }

  /** The same, but not so soon after what has just been done that it would be done twice. */
  public Instant afterDoneAt(Instant time) {
    Instant next = after(time);
    boolean tooSoon = Duration.between(time, next).compareTo(period.dividedBy(2)) < 0;
    return tooSoon ? after(next) : next;
  }

  private Instant slot(long index) {
    return Instant.ofEpochMilli(
        index * period.toMillis() + phase() + within(period.toMillis() / 10, subject + index));
  }

  private long phase() {
    return within(period.toMillis(), subject);
  }

  private static long within(long bound, String text) {
    // The upper bits of the product depend on all of the hash; those of similar texts are near.
    long spread = (text.hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
    return bound == 0 ? 0 : spread % bound;
  }
}
