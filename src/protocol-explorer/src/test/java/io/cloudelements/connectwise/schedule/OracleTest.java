package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.schedule.Disturbance.Answer;
import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.Outside;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.QueueFull;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each oracle can fail: a break of just its promise, and the same schedule without it. */
class OracleTest {
  private static final Disturbance DELETED_WHILE_POSTING =
      new Outside(4, Moment.BEFORE, OutsideEvent.NEXT_ACTION);

  static Stream<Arguments> breaks() {
    return Stream.of(
        row(
            Oracle.O1_ONE_INSTANCE,
            Mutant.POST_RETRIED_ON_TIMEOUT,
            Scenario.CREATE_HELPDESK,
            new Answer(4, RemoteOutcome.APPLIED_RESPONSE_LOST)),
        row(Oracle.O2_TOKEN_DELIVERED, Mutant.SECRET_AFTER_CREATED, Scenario.CREATE_HELPDESK),
        row(Oracle.O3_READY_IS_TRUE, Sabotage.STATUS_IS_NOT_KEPT_UP, Scenario.CHANGE_NAME),
        row(Oracle.O4_CALM, Sabotage.EVERY_FIFTH_CHECK_WRITES, Scenario.CREATE_HELPDESK),
        row(
            Oracle.O5_NO_ORPHAN,
            Sabotage.IMPATIENT_DELETION,
            Scenario.DELETE_WHILE_CREATING,
            DELETED_WHILE_POSTING,
            new Answer(4, RemoteOutcome.APPLIED_LATE)),
        row(Oracle.O6_GONE_BEFORE_RELEASED, Sabotage.DELETES_NOTHING, Scenario.DELETE),
        row(Oracle.O7_NO_SECRET_SHOWN, Sabotage.TALKATIVE, Scenario.CREATE_HELPDESK),
        row(
            Oracle.O8_ONE_CREATION,
            Mutant.DELETE_ON_5XX,
            Scenario.CREATE_HELPDESK,
            new Answer(4, RemoteOutcome.APPLIED_AND_500)),
        row(Oracle.O9_SILENT_WHEN_TOLD, Sabotage.SUSPENSION_IGNORED, Scenario.SUSPENDED),
        row(Oracle.O10_BOUNDED, Sabotage.ASKS_FOR_EVER, Scenario.CREATE_HELPDESK),
        row(Oracle.O11_STRANGERS_UNTOUCHED, Mutant.AN_ID_IS_PROOF, Scenario.ADOPT_A_STRANGERS),
        row(Oracle.O13_OWNERSHIP_SHOWN, Mutant.AN_ID_IS_PROOF, Scenario.STATUS_NAMES_A_STRANGER),
        row(Oracle.O14_NOTHING_SKIPPED, Mutant.SECRETS_NOT_REMEMBERED, Scenario.CHANGE_CREDENTIALS),
        row(
            Oracle.O15_QUEUED_IS_SILENT,
            Mutant.QUEUED_RECONCILE_WRITES,
            Scenario.CREATE_HELPDESK,
            new QueueFull(1, Comeback.CALLED)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("breaks")
  void anOracleObjectsToTheBreakOfItsPromise(Oracle oracle, Variant broken, Schedule schedule) {
    // Given
    Run run = new Run(schedule, broken, Trace.NONE);
    // When
    Optional<OracleViolation> violation = run.execute().violation();
    // Then
    assertThat(violation.map(OracleViolation::oracle))
        .as(() -> ScheduleTable.of(schedule, broken))
        .contains(oracle);
  }

  @ParameterizedTest(name = "{0} without {1}")
  @MethodSource("breaks")
  void noOracleObjectsToTheSameScheduleWithoutTheBreak(
      Oracle oracle, Variant broken, Schedule schedule) {
    // Given
    Run run = new Run(schedule, Variant.NONE, Trace.NONE);
    // When
    Optional<OracleViolation> violation = run.execute().violation();
    // Then
    assertThat(violation).as(() -> ScheduleTable.of(schedule, Variant.NONE)).isEmpty();
  }

  /** A new oracle needs a row above. */
  @Test
  void everyOracleHasABreak() {
    // Given
    Oracle[] all = Oracle.values();
    // When
    List<Object> shown = breaks().map(row -> row.get()[0]).toList();
    // Then
    assertThat(shown).containsExactlyInAnyOrderElementsOf(Arrays.asList(all));
  }

  private static Arguments row(
      Oracle oracle, Variant broken, Scenario scenario, Disturbance... disturbances) {
    return Arguments.of(oracle, broken, Schedule.undisturbed(scenario).with(List.of(disturbances)));
  }
}
