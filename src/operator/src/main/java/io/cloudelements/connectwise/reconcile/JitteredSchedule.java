package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Jitter;
import java.time.Duration;
import java.time.Instant;

/**
 * Recurring times of one subject, fixed on the wall clock by a hash of its name: subjects spread
 * over the period, and a process that restarts often causes no burst and postpones no subject for
 * ever. Each time is up to a tenth of a period late, so that no two subjects stay synchronised.
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
        index * period.toMillis()
            + phase()
            + Jitter.upTo(period.dividedBy(10), subject + index).toMillis());
  }

  private long phase() {
    return Jitter.upTo(period, subject).toMillis();
  }
}
