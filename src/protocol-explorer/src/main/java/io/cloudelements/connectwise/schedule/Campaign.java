package io.cloudelements.connectwise.schedule;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs many schedules, on all processors; what comes of each does not depend on the others. */
final class Campaign {
  private final Tally tally = new Tally();

  Campaign run(Stream<Schedule> schedules) {
    schedules.toList().parallelStream()
        .map(schedule -> new Run(schedule, Variant.NONE, Trace.NONE).execute())
        .forEach(tally::add);
    return this;
  }

  Tally tally() {
    return tally;
  }

  /** The table of the simplest failing schedule, shrunk; empty when none failed. */
  Optional<String> firstViolation() {
    return tally.violations().stream()
        .min(
            Comparator.comparing((RunResult result) -> result.schedule().disturbances().size())
                .thenComparing(result -> result.schedule().toString()))
        .map(Campaign::table);
  }

  private static String table(RunResult failing) {
    Oracle oracle = failing.violation().orElseThrow().oracle();
    return ScheduleTable.of(
        Shrinker.shrink(failing.schedule(), Variant.NONE, oracle), Variant.NONE);
  }
}
