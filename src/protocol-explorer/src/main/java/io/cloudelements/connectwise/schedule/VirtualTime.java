package io.cloudelements.connectwise.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that passes only by a call. There are two clocks: the true time, in which the service and
 * timers live, and the operator's wall clock, which an administrator may set back.
 */
final class VirtualTime {
  static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  private Instant now = START;
  private Duration wallIsBehind = Duration.ZERO;

  Instant now() {
    return now;
  }

  void advanceTo(Instant then) {
    if (then.isAfter(now)) {
      now = then;
    }
  }

  void setWallClockBack(Duration by) {
    wallIsBehind = wallIsBehind.plus(by);
  }

  InstantSource trueClock() {
    return () -> now;
  }

  InstantSource wallClock() {
    return () -> now.minus(wallIsBehind);
  }
}
