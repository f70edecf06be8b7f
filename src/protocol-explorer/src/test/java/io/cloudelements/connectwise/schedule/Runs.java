package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs of schedules, and what the oracles said. */
final class Runs {
  private Runs() {}

  /** Of the production code. */
  static RunResult of(Schedule schedule) {
    return new Run(schedule, Variant.NONE, Trace.NONE).execute();
  }

  /** That no oracle objects to a run of the production code. */
  static void assertNoViolation(RunResult result) {
    assertThat(result.violation())
        .as(() -> ScheduleTable.of(result.schedule(), Variant.NONE))
        .isEmpty();
  }

  /** Which oracles object to something that is broken. */
  static Set<Oracle> objecting(Stream<Schedule> schedules, Variant broken) {
    return schedules
        .map(schedule -> new Run(schedule, broken, Trace.NONE).execute())
        .flatMap(result -> result.violation().stream())
        .map(OracleViolation::oracle)
        .collect(Collectors.toSet());
  }
}
