package io.cloudelements.connectwise;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that only goes on: the date of the start, and the time that has passed since by {@link
 * System#nanoTime}. It measures the times that this process keeps in memory (pauses and places of
 * accounts, when a reconcile is due), so that a corrected system clock neither lengthens nor
 * shortens that. The framework's timer, which brings a resource back, goes by the system clock: one
 * that is set back delays the planned requeues by as much, unless an event comes or the process is
 * restarted. Dates that are written or shown come from the system clock.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanoTime;

  SteadyClock(Instant start, LongSupplier nanoTime) {
    this.start = start;
    this.startNanos = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
  }

  /** Begins with the date of the system clock. */
  public static SteadyClock start() {
    return new SteadyClock(Instant.now(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime.getAsLong() - startNanos);
  }
}
