package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A resource that is deleted together with many others of its account. */
class MassDeletionScheduleTest {
  @ParameterizedTest
  @EnumSource
  void anUndisturbedScenarioLeadsToWhatIsExpected(DeletionScenario scenario) {
    // Given
    Schedule schedule = Schedule.undisturbed(scenario);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  @ParameterizedTest
  @EnumSource
  void detectsABrokenBrake(DeletionMutant mutant) {
    // Given
    Stream<Schedule> schedules = Stream.of(DeletionScenario.values()).map(Schedule::undisturbed);
    // When
    Set<Oracle> objecting = Runs.objecting(schedules, mutant);
    // Then
    assertThat(objecting).as("%s survives", mutant).contains(Oracle.O18_MASS_DELETION_CONFIRMED);
  }
}
