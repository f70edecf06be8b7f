package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.schedule.Disturbance.ApiServerFails;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.SecondReplica;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Resources that use the account object of another namespace. */
class AccountScheduleTest {
  static Stream<Script> scenarios() {
    return Script.all().filter(AccountScript.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void anUndisturbedScenarioLeadsToWhatIsExpected(Script scenario) {
    // Given
    Schedule schedule = Schedule.undisturbed(scenario);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  /** Each break of a rule about accounts is objected to by an oracle about them. */
  @ParameterizedTest
  @EnumSource
  void detectsABrokenRule(AccountMutant mutant) {
    // Given
    Stream<Schedule> schedules = scenarios().map(Schedule::undisturbed);
    // When
    Set<Oracle> objecting = Runs.objecting(schedules, mutant);
    // Then
    assertThat(objecting)
        .as("%s survives", mutant)
        .containsAnyOf(
            Oracle.O12_TENANTS_ISOLATED,
            Oracle.O17_ACCOUNT_OWNER_HEEDED,
            Oracle.O14_NOTHING_SKIPPED);
  }

  /** The instances are where they were, and the same secrets open them. */
  @Test
  void aRotationInTheSameOrganizationChangesNothingAtTheService() {
    // Given
    Schedule schedule = Schedule.undisturbed(AccountScenario.ACCOUNT_ROTATED);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    assertThat(result.calls())
        .contains(PortCall.READ_ORGANIZATION)
        .noneMatch(call -> call.remote() && !call.read());
  }

  /** An instance that exists stays when its namespace has no consent any more. */
  @Test
  void withdrawnConsentCausesNoCallToTheService() {
    // Given
    Schedule schedule = Schedule.undisturbed(AccountScenario.CONSENT_WITHDRAWN);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    assertThat(result.calls()).contains(PortCall.ACCOUNT_STATUS).noneMatch(PortCall::remote);
  }

  /** A change of a template, or of who applications are, costs writes of the cluster alone. */
  @ParameterizedTest
  @EnumSource(names = {"TEMPLATE_ADDED", "TEMPLATE_CHANGED", "APPLICATION_USER_ROTATED"})
  void aSecretIsWrittenAnewWithoutACallToTheService(TemplateScenario scenario) {
    // Given
    Schedule schedule = Schedule.undisturbed(scenario);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    assertThat(result.calls().subList(0, result.calls().indexOf(PortCall.REPLACE_SECRET)))
        .noneMatch(PortCall::remote);
  }

  /** A verification by another replica, or one without an answer, is reported nevertheless. */
  @ParameterizedTest
  @MethodSource("verifiedUnnoticed")
  void aResourceIsToldOfAnAccountThatIsVerifiedUnnoticed(Disturbance disturbance) {
    // Given
    Schedule schedule =
        Schedule.undisturbed(AccountScenario.USED_BEFORE_THE_ACCOUNT_IS_THERE).and(disturbance);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  /** Another replica stored the configuration meanwhile, and the service answered a new token. */
  @Test
  void theTokenOfALaterAnswerIsKept() {
    // Given
    Schedule schedule =
        Schedule.undisturbed(AccountScenario.QUOTA_TAKEN_WHILE_CREATING)
            .under(Profile.PUT_CHANGES_TOKEN)
            .and(new SecondReplica(5, Moment.AFTER, new Lag(1, 0), Stay.ONE_PASS));
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  /** It sees the finalizer, and neither status nor deleted account. */
  @Test
  void aReplicaThatSeesNoStatusYetReplacesNoInstance() {
    // Given
    Schedule schedule =
        Schedule.undisturbed(AccountScenario.ACCOUNT_DELETED)
            .under(Profile.PUT_CHANGES_ID)
            .and(new SecondReplica(1, Moment.AFTER, new Lag(2, 0), Stay.ONE_PASS));
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  static Stream<List<Disturbance>> failingBeforeARotation() {
    return Stream.of(
        List.of(
            new Disturbance.Outage(1, RemoteOutcome.NO_CONNECTION),
            new Disturbance.Outside(21, Moment.AFTER, Disturbance.OutsideEvent.STATUS_LOST)),
        List.of(
            new SecondReplica(12, Moment.BEFORE, Lag.NONE, Stay.ONE_PASS),
            new Disturbance.Outage(8, RemoteOutcome.HTML_502)));
  }

  /** The breaker is that of the secrets: new ones are used at once. */
  @ParameterizedTest
  @MethodSource("failingBeforeARotation")
  void newSecretsAreUsedAlthoughThoseBeforeFailed(List<Disturbance> disturbances) {
    // Given
    Schedule schedule = Schedule.undisturbed(AccountScenario.ACCOUNT_ROTATED).with(disturbances);
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  /** A breaker that is closed is forgotten with an account that is not used for a while. */
  @Test
  void failuresBeforeALongSuspensionDoNotCountAfterIt() {
    // Given
    Schedule schedule =
        Schedule.undisturbed(AccountScenario.ACCOUNT_SUSPENDED_WHILE_CREATING)
            .with(
                List.of(
                    new Disturbance.Outside(6, Moment.AFTER, Disturbance.OutsideEvent.STATUS_LOST),
                    new Disturbance.Outage(1, RemoteOutcome.HANGS),
                    new Disturbance.Crash(2, Moment.AFTER, Disturbance.Loss.NOTHING_ELSE)));
    // When
    RunResult result = Runs.of(schedule);
    // Then
    Runs.assertNoViolation(result);
  }

  static Stream<Disturbance> verifiedUnnoticed() {
    return Stream.of(
        new SecondReplica(1, Moment.AFTER, Lag.NONE, Stay.ONE_PASS),
        new ApiServerFails(2, Moment.AFTER));
  }
}
