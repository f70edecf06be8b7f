package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A token Secret that a backup brings back without its owner. */
class RestoredSecretScheduleTest {
  @ParameterizedTest
  @EnumSource
  void anUndisturbedScenarioLeadsToWhatIsExpected(RestoredSecretScenario scenario) {
    // Given
    Schedule schedule = Schedule.undisturbed(scenario);
    // When
    Optional<OracleViolation> violation =
        new Run(schedule, Variant.NONE, Trace.NONE).execute().violation();
    // Then
    assertThat(violation).as(() -> ScheduleTable.of(schedule, Variant.NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void detectsASecretThatIsWronglyTakenUp(RestoredSecretMutant mutant) {
    // Given
    Stream<Schedule> schedules =
        Stream.of(RestoredSecretScenario.values()).map(Schedule::undisturbed);
    // When
    Set<Oracle> objecting =
        schedules
            .map(schedule -> new Run(schedule, mutant, Trace.NONE).execute())
            .flatMap(result -> result.violation().stream())
            .map(OracleViolation::oracle)
            .collect(Collectors.toSet());
    // Then
    assertThat(objecting).as("%s survives", mutant).contains(Oracle.O12_TENANTS_ISOLATED);
  }
}
