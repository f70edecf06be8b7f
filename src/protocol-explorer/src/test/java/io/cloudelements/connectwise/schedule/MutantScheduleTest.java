package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The harness must find known bugs of other controllers. */
class MutantScheduleTest {

  /** Each known bug is objected to by an oracle; the report shows the shortest schedule. */
  @ParameterizedTest
  @EnumSource
  void detectsAKnownBug(Mutant mutant) {
    // Given
    Stream<Schedule> schedules =
        Stream.concat(Stream.of(Scenario.values()).map(Schedule::undisturbed), Schedules.singles());
    // When
    Optional<OracleViolation> caught =
        schedules
            .map(schedule -> new Run(schedule, mutant, Trace.NONE).execute())
            .filter(result -> result.violation().isPresent())
            .findFirst()
            .map(result -> tell(mutant, result));
    // Then
    assertThat(caught).as("%s survives", mutant).isPresent();
  }

  private static OracleViolation tell(Mutant mutant, RunResult result) {
    OracleViolation violation = result.violation().orElseThrow();
    Schedule shortest = Shrinker.shrink(result.schedule(), mutant, violation.oracle());
    System.out.println("mutant " + mutant + ", caught by " + violation.oracle().label());
    System.out.println(ScheduleTable.of(shortest, mutant));
    return violation;
  }
}
