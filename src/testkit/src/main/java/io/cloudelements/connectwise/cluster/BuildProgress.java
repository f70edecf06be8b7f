package io.cloudelements.connectwise.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a build still takes, from the part of its work that is done: what is left goes on at the
 * pace so far. Pure; it is told the time.
 *
 * @param total work of the whole build, in the units of {@link CompileWork}
 */
record BuildProgress(long total) {

  /** With less than this the pace is not known. */
  private static final double KNOWN_FROM = 0.05;

  /** One line for a person: the step under way, time since the start, estimate of the rest. */
  String line(String step, long done, Duration elapsed) {
    String rest =
        remaining(done, elapsed)
            .map(left -> ", %d %% done, about %s left".formatted(100 * done / total, minutes(left)))
            .orElse("");
    return "  %-30s %s elapsed%s".formatted(step, minutes(elapsed), rest);
  }

  /** Empty at the beginning. */
  Optional<Duration> remaining(long done, Duration elapsed) {
    if (total == 0 || done < KNOWN_FROM * total) {
      return Optional.empty();
    }
    double left = (double) Math.max(0, total - done) / done;
    return Optional.of(Duration.ofMillis(Math.round(elapsed.toMillis() * left)));
  }

  private static String minutes(Duration time) {
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
