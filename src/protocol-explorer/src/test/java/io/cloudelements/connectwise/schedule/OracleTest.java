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
        row(Oracle.O3_READY_IS_CORRECT, Sabotage.STATUS_IS_NOT_UPDATED, Scenario.CHANGE_NAME),
        row(
            Oracle.O4_NO_WRITES_WHEN_CONVERGED,
            Sabotage.EVERY_FIFTH_CHECK_WRITES,
            Scenario.CREATE_HELPDESK),
        row(
            Oracle.O5_NO_ORPHAN,
            Sabotage.DELETION_WITHOUT_WAITING,
            Scenario.DELETE_WHILE_CREATING,
            DELETED_WHILE_POSTING,
            new Answer(4, RemoteOutcome.APPLIED_LATE)),
        row(Oracle.O6_GONE_BEFORE_RELEASED, Sabotage.DELETES_NOTHING, Scenario.DELETE),
        row(Oracle.O7_NO_SECRET_SHOWN, Sabotage.TOKEN_IN_EVENT, Scenario.CREATE_HELPDESK),
        row(
            Oracle.O8_ONE_CREATION,
            Mutant.DELETE_ON_5XX,
            Scenario.CREATE_HELPDESK,
            new Answer(4, RemoteOutcome.APPLIED_AND_500)),
        row(Oracle.O9_NO_FORBIDDEN_CALLS, Sabotage.SUSPENSION_IGNORED, Scenario.SUSPENDED),
        row(Oracle.O10_BOUNDED, Sabotage.ENDLESS_SEARCH, Scenario.CREATE_HELPDESK),
        row(
            Oracle.O11_FOREIGN_INSTANCES_UNCHANGED,
            Mutant.ID_PROVES_OWNERSHIP,
            Scenario.ADOPT_OWNED_BY_ANOTHER),
        row(
            Oracle.O12_TENANTS_ISOLATED,
            AccountMutant.ASKED_AFTER_THE_READ,
            AccountScenario.CONSENT_WITHDRAWN),
        row(
            Oracle.O17_ACCOUNT_OWNER_HEEDED,
            AccountMutant.IDENTITY_CHANGE_IGNORED,
            AccountScenario.IDENTITY_CHANGED),
        row(
            Oracle.O13_OWNERSHIP_SHOWN,
            Mutant.ID_PROVES_OWNERSHIP,
            Scenario.STATUS_NAMES_FOREIGN_INSTANCE),
        row(Oracle.O14_NOTHING_SKIPPED, Mutant.SECRETS_NOT_REMEMBERED, Scenario.CHANGE_CREDENTIALS),
        row(
            Oracle.O15_QUEUED_MAKES_NO_CALL,
            Mutant.QUEUED_RECONCILE_WRITES,
            Scenario.CREATE_HELPDESK,
            new QueueFull(1, Comeback.WOKEN)),
        row(
            Oracle.O18_MASS_DELETION_CONFIRMED,
            DeletionMutant.OTHERS_NOT_COUNTED,
            DeletionScenario.DELETED_WITH_MANY),
        row(
            Oracle.O16_CONFIRMED_IN_OTHER_ACCOUNT,
            Mutant.ACCOUNT_NOT_COMPARED,
            Scenario.ACCOUNT_SWITCHED_WHILE_CREATING,
            new Answer(4, RemoteOutcome.LOST_BEFORE_APPLIED),
            new Outside(4, Moment.AFTER, OutsideEvent.NEXT_ACTION)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("breaks")
  void anOracleDetectsItsViolation(Oracle oracle, Variant broken, Schedule schedule) {
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
  void noOracleFailsWithoutTheDefect(Oracle oracle, Variant broken, Schedule schedule) {
    // Given // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  /** A new oracle needs a row above. */
  @Test
  void everyOracleHasADefect() {
    // Given
    Oracle[] all = Oracle.values();
    // When
    List<Object> shown = breaks().map(row -> row.get()[0]).toList();
    // Then
    assertThat(shown).containsExactlyInAnyOrderElementsOf(Arrays.asList(all));
  }

  private static Arguments row(
      Oracle oracle, Variant broken, Script scenario, Disturbance... disturbances) {
    return Arguments.of(oracle, broken, Schedule.undisturbed(scenario).with(List.of(disturbances)));
  }
}
