package io.cloudelements.connectwise.why;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When the operator checks a resource again without an event, for a person.
 *
 * @param at {@code status.nextCheckAt}
 */
public record NextCheck(Instant at) {
  /** From so many of a unit on, the next larger one is used. */
  private static final long TWO = 2;

  /**
   * A line about it. The operator does not write the status for the sake of this time alone, so a
   * time in the past says that the check brought nothing new, unless the operator does not run.
   */
  public String line(Instant now) {
    String time = " (" + at.truncatedTo(ChronoUnit.SECONDS) + ")";
    return at.isAfter(now)
        ? "next check: in " + shown(Duration.between(now, at)) + time
        : "next check: was due "
            + shown(Duration.between(at, now))
            + " ago"
            + time
            + "; it brought nothing new, or the operator does not run";
  }

  private static String shown(Duration duration) {
    if (duration.toHours() >= TWO) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() >= TWO
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
