package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.SecondReplica;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

  /** It has not seen the status that holds the deletion, and the others are gone. */
  @Test
  void aReplicaWithAnOldViewDeletesNothingThatIsHeld() {
    // Given
    Schedule schedule =
        Schedule.undisturbed(DeletionScenario.DELETED_WITH_MANY_THAT_GO)
            .and(new SecondReplica(6, Moment.BEFORE, new Lag(1, 0), Stay.ONE_PASS));
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
