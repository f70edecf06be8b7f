package io.cloudelements.connectwise.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.State;
import io.cloudelements.connectwise.instance.UsableInstance;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusComposerTest {
  private static final Instant T0 = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final Instant T1 = T0.plusSeconds(600);
  private static final Intent INTENT = new Intent(1, T0);
  private static final Recorded USABLE = UsableInstance.recorded(7);

  /** Each kind of reason and what kubectl, kstatus and a person see of it. */
  @ParameterizedTest
  @CsvSource({
    "AVAILABLE,         true,  Valid,        True/Available,   True/Available,          -,    -",
    "DISABLED_AS_ASKED, true,  Valid,        True/Disabled,    True/Disabled,           -,    -",
    "DISABLED,          true,  Valid,        False/Disabled,   True/Disabled,           -,    True",
    "PROVISIONING,      false, Provisioning, False/Provisioning, False/Provisioning,    True, -",
    "UPDATING,          true,  Valid,        True/Available,   False/Updating,          True, -",
    "TIMED_OUT,         false, Pending,      False/TimedOut,   False/TimedOut,          True, -",
    "TIMED_OUT,         true,  Valid,        True/Available,   False/TimedOut,          True, -",
    "ACCOUNT_REJECTED,  true,  Failed,       False/AccountRejected, False/AccountRejected, -, True",
    "NOT_ACCEPTED,      true,  Valid,        True/NotAccepted, False/NotAccepted,       -,    True",
    "SUSPENDED,         true,  Valid,        True/Available,   Unknown/Suspended,       -,    -",
    "PLANNED,           false, Pending,      False/Planned,    True/Planned,            -,    -",
    "INTERNAL_ERROR,    true,  Valid,        Unknown/InternalError, Unknown/InternalError, True, -",
    "DELETING,          true,  Deleting,     False/Deleting,   False/Deleting,          True, -",
    "DELETION_BLOCKED,  true,  Deleting,     False/DeletionBlocked, False/DeletionBlocked, -, True",
  })
  void eachReasonMapsToItsConditions(
      Reason reason,
      boolean usable,
      String state,
      String ready,
      String synced,
      String reconciling,
      String stalled) {
    // Given
    Optional<ConnectWiseInstanceStatus> previous =
        usable
            ? Optional.of(compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0))
            : Optional.empty();
    Recorded recorded = usable ? USABLE : Recorded.NOTHING;
    // When
    ConnectWiseInstanceStatus status = compose(previous, reason, recorded, T1);
    // Then
    assertThat(status.state()).isEqualTo(state);
    assertThat(shown(status, ConditionType.READY)).isEqualTo(ready);
    assertThat(shown(status, ConditionType.SYNCED)).isEqualTo(synced);
    assertThat(shown(status, ConditionType.RECONCILING).split("/")[0]).isEqualTo(reconciling);
    assertThat(shown(status, ConditionType.STALLED).split("/")[0]).isEqualTo(stalled);
  }

  @Test
  void equalFactsGiveAnEqualStatus() {
    // Given
    ConnectWiseInstanceStatus before = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    // When
    ConnectWiseInstanceStatus after = compose(Optional.of(before), Reason.AVAILABLE, USABLE, T1);
    // Then
    assertThat(after).isEqualTo(before);
  }

  @Test
  void anotherRequestIdAloneIsNoChange() {
    // Given
    ConnectWiseInstanceStatus before = failed(Optional.empty(), "58b46b1be4b0e5a9b7d19c49", T0);
    // When
    ConnectWiseInstanceStatus after = failed(Optional.of(before), "58b46b1be4b0e5a9b7d19c50", T1);
    // Then
    assertThat(after).isEqualTo(before);
    assertThat(condition(after, ConditionType.READY).getMessage())
        .isEqualTo("The service failed (500). (request id 58b46b1be4b0e5a9b7d19c49)");
  }

  @Test
  void aFailureKeepsAllRecordedFields() {
    // Given
    ConnectWiseInstanceStatus before = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    Recorded read = StatusReader.recorded(Optional.of(before), 3);
    // When
    ConnectWiseInstanceStatus after = compose(Optional.of(before), Reason.SERVICE_FAILED, read, T1);
    // Then
    assertThat(after.instanceId()).isEqualTo(7);
    assertThat(after.account()).isEqualTo("5f2c0c9a1b7e");
    assertThat(after.configurationHash()).isEqualTo("hash");
    assertThat(after.valid()).isTrue();
    assertThat(after.disabled()).isFalse();
    assertThat(after.tokenSecretRef().name()).isEqualTo("acme-token");
    assertThat(after.binding().name()).isEqualTo("acme-token");
  }

  @Test
  void anotherInstanceDoesNotInheritReady() {
    // Given
    ConnectWiseInstanceStatus before = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    Recorded other = UsableInstance.recorded(8).withConfigurationHash(Optional.empty());
    // When
    ConnectWiseInstanceStatus after = compose(Optional.of(before), Reason.UPDATING, other, T1);
    // Then: its token is not in the Secret yet
    assertThat(condition(after, ConditionType.READY).getStatus()).isEqualTo("False");
  }

  @Test
  void transitionTimeChangesOnlyWithTheStatus() {
    // Given
    ConnectWiseInstanceStatus ready = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    // When
    ConnectWiseInstanceStatus disabled =
        compose(Optional.of(ready), Reason.DISABLED_AS_ASKED, USABLE, T1);
    // Then
    Condition condition = condition(disabled, ConditionType.READY);
    assertThat(condition.getReason()).isEqualTo("Disabled");
    assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-24T10:00:00Z");
  }

  @Test
  void transitionTimeIsThatOfTheTransition() {
    // Given
    ConnectWiseInstanceStatus ready = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    // When
    ConnectWiseInstanceStatus rejected =
        compose(Optional.of(ready), Reason.ACCOUNT_REJECTED, USABLE, T1);
    // Then
    assertThat(condition(rejected, ConditionType.READY).getLastTransitionTime())
        .isEqualTo("2026-11-24T10:10:00Z");
  }

  @Test
  void awaitingOutcomeKeepsTheFailureBeforeIt() {
    // Given
    Recorded open = Recorded.NOTHING.withIntent(INTENT, Optional.empty());
    ConnectWiseInstanceStatus failed =
        StatusComposer.compose(
            Optional.empty(),
            3,
            report(Outcome.of(Reason.SERVICE_FAILED, "ConnectWise says no."), open),
            T0);
    // When
    ConnectWiseInstanceStatus waiting =
        compose(Optional.of(failed), Reason.AWAITING_OUTCOME, open, T1);
    // Then
    assertThat(waiting).isEqualTo(failed);
  }

  static Stream<Arguments> noFailureOfThisAttempt() {
    Recorded open = Recorded.NOTHING.withIntent(INTENT, Optional.empty());
    Recorded next = Recorded.NOTHING.withIntent(new Intent(2, T1), Optional.empty());
    return Stream.of(
        Arguments.of("another attempt failed", Reason.SERVICE_FAILED, 3L, next),
        Arguments.of("nothing failed", Reason.PROVISIONING, 3L, open),
        Arguments.of("that was another spec", Reason.SERVICE_FAILED, 2L, open));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noFailureOfThisAttempt")
  void reportsAwaitingOutcomeWithoutAFailureOfTheAttempt(
      String why, Reason before, long generation, Recorded now) {
    // Given
    Recorded open = Recorded.NOTHING.withIntent(INTENT, Optional.empty());
    ConnectWiseInstanceStatus previous =
        StatusComposer.compose(
            Optional.empty(), generation, report(Outcome.of(before, "Message."), open), T0);
    // When
    ConnectWiseInstanceStatus waiting =
        compose(Optional.of(previous), Reason.AWAITING_OUTCOME, now, T1);
    // Then
    assertThat(shown(waiting, ConditionType.SYNCED)).as(why).isEqualTo("False/AwaitingOutcome");
  }

  @Test
  void aHeldBackCallKeepsTheFailureBeforeIt() {
    // Given
    ConnectWiseInstanceStatus rejected =
        compose(Optional.empty(), Reason.ACCOUNT_REJECTED, Recorded.NOTHING, T0);
    // When
    ConnectWiseInstanceStatus held =
        compose(Optional.of(rejected), Reason.HELD_BACK, Recorded.NOTHING, T1);
    // Then
    assertThat(held).isEqualTo(rejected);
  }

  /** Ready alone records the hold, so that what fails later is told by the other conditions. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "SERVICE_FAILED",
        "TIMED_OUT",
        "HELD_BACK",
        "ACCOUNT_REJECTED",
        "ACCESS_DENIED",
        "SECRET_NOT_FOUND",
        "INVALID_SPEC",
        "ACCOUNT_CHANGED",
        "WAITING_FOR_SECRET",
        "SUSPENDED",
        "PLANNED",
        "INTERNAL_ERROR"
      })
  void aHoldOutlastsOtherOutcomes(Reason other) {
    // Given
    ConnectWiseInstanceStatus held = compose(Optional.empty(), Reason.RECREATION_HELD, USABLE, T0);
    Recorded ofNextSpec = StatusReader.recorded(Optional.of(held), 4);
    // When
    ConnectWiseInstanceStatus after =
        StatusComposer.compose(
            Optional.of(held), 4, report(Outcome.of(other, "Message."), ofNextSpec), T1);
    // Then
    assertThat(shown(after, ConditionType.READY)).isEqualTo("False/RecreationHeld");
    assertThat(condition(after, ConditionType.SYNCED).getReason()).isEqualTo(other.label());
    assertThat(StatusReader.recorded(Optional.of(after), 5).recreationHeld()).isTrue();
  }

  /** Of a resource that is being deleted, also when another reason is reported meanwhile. */
  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {
        "DELETING",
        "DELETION_BLOCKED",
        "CLUSTER_WRITE_REFUSED_AT_DELETION",
        "UNREACHABLE",
        "SUSPENDED",
        "INTERNAL_ERROR"
      })
  void aHeldDeletionOutlastsOtherOutcomes(Reason other) {
    // Given
    ConnectWiseInstanceStatus held = compose(Optional.empty(), Reason.DELETION_HELD, USABLE, T0);
    Recorded read = StatusReader.recorded(Optional.of(held), 3);
    // When
    ConnectWiseInstanceStatus after = compose(Optional.of(held), other, read, T1);
    // Then
    assertThat(shown(after, ConditionType.READY)).isEqualTo("False/DeletionHeld");
    assertThat(condition(after, ConditionType.SYNCED).getReason()).isEqualTo(other.label());
    assertThat(StatusReader.recorded(Optional.of(after), 3).deletionHeld()).isTrue();
  }

  /** It was let go, and failed. */
  @Test
  void aHeldDeletionEndsWithItsConfirmation() {
    // Given
    ConnectWiseInstanceStatus held = compose(Optional.empty(), Reason.DELETION_HELD, USABLE, T0);
    Recorded read = StatusReader.recorded(Optional.of(held), 3);
    // When
    ConnectWiseInstanceStatus after =
        compose(Optional.of(held), Reason.DELETING, read.withoutHold(), T1);
    // Then
    assertThat(shown(after, ConditionType.READY)).isEqualTo("False/Deleting");
    assertThat(StatusReader.recorded(Optional.of(after), 3).deletionHeld()).isFalse();
  }

  static Stream<Arguments> endsOfAHold() {
    Recorded held =
        StatusReader.recorded(
            Optional.of(compose(Optional.empty(), Reason.RECREATION_HELD, USABLE, T0)), 3);
    Recorded intended = held.withIntent(INTENT, Optional.empty());
    return Stream.of(
        Arguments.of("it shows again and is used", Reason.AVAILABLE, USABLE),
        Arguments.of("it shows again and is not usable", Reason.DISABLED, USABLE),
        Arguments.of("it shows again and is brought in line", Reason.UPDATING, USABLE),
        Arguments.of("it shows again, and another's Secret", Reason.SECRET_CONFLICT, USABLE),
        Arguments.of("a person lets another one be made", Reason.PROVISIONING, intended),
        Arguments.of("the resource is deleted", Reason.DELETING, held));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endsOfAHold")
  void aHoldEnds(String why, Reason reason, Recorded recorded) {
    // Given
    ConnectWiseInstanceStatus held = compose(Optional.empty(), Reason.RECREATION_HELD, USABLE, T0);
    // When
    ConnectWiseInstanceStatus after = compose(Optional.of(held), reason, recorded, T1);
    // Then
    assertThat(condition(after, ConditionType.READY).getReason()).as(why).isEqualTo(reason.label());
    assertThat(StatusReader.recorded(Optional.of(after), 3).recreationHeld()).isFalse();
  }

  /** A new message is written, such as which value of the annotation does not confirm the hold. */
  @Test
  void aHoldIsToldAnew() {
    // Given
    ConnectWiseInstanceStatus held = compose(Optional.empty(), Reason.RECREATION_HELD, USABLE, T0);
    Recorded read = StatusReader.recorded(Optional.of(held), 3);
    // When
    ConnectWiseInstanceStatus after =
        StatusComposer.compose(
            Optional.of(held), 3, report(Outcome.of(Reason.RECREATION_HELD, "New."), read), T1);
    // Then
    assertThat(condition(after, ConditionType.READY).getMessage()).isEqualTo("New.");
    assertThat(compose(Optional.of(held), Reason.RECREATION_HELD, read, T1)).isEqualTo(held);
  }

  /** Once, and not where a person reads what to do. */
  @Test
  void tellsAnOperatingModeInSyncedOnly() {
    // Given
    StatusReport report = observed(Reason.AVAILABLE);
    // When
    ConnectWiseInstanceStatus status = StatusComposer.compose(Optional.empty(), 3, report, T0);
    // Then
    assertThat(condition(status, ConditionType.SYNCED).getMessage())
        .startsWith("Message. Seen in OPERATING_MODE Observe");
    assertThat(condition(status, ConditionType.READY).getMessage()).isEqualTo("Message.");
    assertThat(StatusReader.outcome(status)).contains(Outcome.of(Reason.AVAILABLE, "Message."));
  }

  @Test
  void anOperatingModeThatEndsIsNoReasonToWrite() {
    // Given
    ConnectWiseInstanceStatus observed =
        StatusComposer.compose(Optional.empty(), 3, observed(Reason.AVAILABLE), T0);
    // When
    ConnectWiseInstanceStatus after = compose(Optional.of(observed), Reason.AVAILABLE, USABLE, T1);
    // Then
    assertThat(after).isEqualTo(observed);
  }

  @Test
  void anOperatingModeThatEndedIsNotToldWithANewOutcome() {
    // Given
    ConnectWiseInstanceStatus observed =
        StatusComposer.compose(Optional.empty(), 3, observed(Reason.AVAILABLE), T0);
    // When
    ConnectWiseInstanceStatus after =
        StatusComposer.compose(
            Optional.of(observed), 4, report(Outcome.of(Reason.AVAILABLE, "Message."), USABLE), T1);
    // Then
    assertThat(condition(after, ConditionType.SYNCED).getMessage()).isEqualTo("Message.");
  }

  /** The longest message has room for it. */
  @Test
  void anOperatingModeIsToldBehindALongMessage() {
    // Given
    Outcome outcome = Outcome.of(Reason.UNREACHABLE, "x".repeat(5_000));
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(
            Optional.empty(),
            3,
            new StatusReport(
                outcome,
                USABLE,
                List.of(),
                Optional.empty(),
                ManagementPolicy.PLAN,
                Optional.empty()),
            T0);
    // Then
    assertThat(condition(status, ConditionType.SYNCED).getMessage())
        .hasSize(Conditions.MAX_MESSAGE)
        .endsWith("no Secret is written.");
  }

  /** A person who looks at a resource that waits wants to know for how long. */
  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"SECRET_NOT_FOUND", "UNREACHABLE", "AWAITING_OUTCOME", "DELETION_HELD", "DISABLED"})
  void tellsWhenTheNextCheckIsWhileItWaits(Reason reason) {
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(Optional.empty(), 3, checkedAgain(reason, T1), T0);
    // Then
    assertThat(status.nextCheckAt()).isEqualTo(T1.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"AVAILABLE", "DISABLED_AS_ASKED", "PLANNED", "SUSPENDED"})
  void tellsNoNextCheckAtRest(Reason reason) {
    // Given
    ConnectWiseInstanceStatus waiting =
        StatusComposer.compose(Optional.empty(), 3, checkedAgain(Reason.UNREACHABLE, T1), T0);
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(Optional.of(waiting), 3, checkedAgain(reason, T1), T0);
    // Then
    assertThat(status.nextCheckAt()).isNull();
  }

  /** A retry that fails alike writes no status, whenever the next one is. */
  @Test
  void anotherNextCheckIsNoReasonToWrite() {
    // Given
    ConnectWiseInstanceStatus waiting =
        StatusComposer.compose(Optional.empty(), 3, checkedAgain(Reason.UNREACHABLE, T0), T0);
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(Optional.of(waiting), 3, checkedAgain(Reason.UNREACHABLE, T1), T1);
    // Then
    assertThat(status).isEqualTo(waiting);
  }

  /** Else a person would wait for a check that nothing plans. */
  @Test
  void aNextCheckThatIsNotPlannedAnyMoreIsRemoved() {
    // Given
    ConnectWiseInstanceStatus waiting =
        StatusComposer.compose(Optional.empty(), 3, checkedAgain(Reason.UNREACHABLE, T0), T0);
    StatusReport report = report(Outcome.of(Reason.UNREACHABLE, "Message."), USABLE);
    // When
    ConnectWiseInstanceStatus status = StatusComposer.compose(Optional.of(waiting), 3, report, T1);
    // Then
    assertThat(status.nextCheckAt()).isNull();
  }

  @Test
  void theNextCheckIsWrittenAnewWithAnotherOutcome() {
    // Given
    ConnectWiseInstanceStatus waiting =
        StatusComposer.compose(Optional.empty(), 3, checkedAgain(Reason.UNREACHABLE, T0), T0);
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(
            Optional.of(waiting), 3, checkedAgain(Reason.SERVICE_FAILED, T1), T1);
    // Then
    assertThat(status.nextCheckAt()).isEqualTo(T1.toString());
  }

  private static StatusReport checkedAgain(Reason reason, Instant next) {
    return new StatusReport(
        Outcome.of(reason, "Message."),
        USABLE,
        List.of(),
        Optional.empty(),
        ManagementPolicy.MANAGE,
        Optional.of(next));
  }

  private static StatusReport observed(Reason reason) {
    return new StatusReport(
        Outcome.of(reason, "Message."),
        USABLE,
        List.of(),
        Optional.empty(),
        ManagementPolicy.OBSERVE,
        Optional.empty());
  }

  @Test
  void reportsAHeldBackCallWithoutAnEarlierFailure() {
    // Given
    ConnectWiseInstanceStatus ready = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    // When
    ConnectWiseInstanceStatus held = compose(Optional.of(ready), Reason.HELD_BACK, USABLE, T1);
    // Then
    assertThat(shown(held, ConditionType.SYNCED)).isEqualTo("False/HeldBack");
    assertThat(shown(held, ConditionType.READY)).isEqualTo("True/Available");
  }

  /** Until when a call is held back is said anew when it changes, and is not left to be wrong. */
  @Test
  void reportsAChangedPause() {
    // Given
    ConnectWiseInstanceStatus first =
        held(compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0), "Until noon.");
    // When
    ConnectWiseInstanceStatus second = held(first, "Until one.");
    // Then
    assertThat(condition(second, ConditionType.SYNCED).getMessage()).isEqualTo("Until one.");
    assertThat(held(second, "Until one.")).isEqualTo(second);
  }

  @Test
  void aLongMessageIsBoundedAndKeepsItsRequestId() {
    // Given
    Outcome outcome =
        new Outcome(Reason.SERVICE_FAILED, "x".repeat(5000), Optional.of("abc"), Optional.empty());
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(Optional.empty(), 3, report(outcome, Recorded.NOTHING), T0);
    // Then
    assertThat(condition(status, ConditionType.READY).getMessage())
        .hasSize(1024)
        .endsWith("… (request id abc)");
  }

  @Test
  void doesNotTruncateAMessageOfMaximumLength() {
    // Given
    Outcome outcome = Outcome.of(Reason.SERVICE_FAILED, "x".repeat(1024));
    // When
    ConnectWiseInstanceStatus status =
        StatusComposer.compose(Optional.empty(), 3, report(outcome, Recorded.NOTHING), T0);
    // Then
    assertThat(condition(status, ConditionType.READY).getMessage()).isEqualTo("x".repeat(1024));
  }

  static Stream<Arguments> otherFailures() {
    return Stream.of(
        Arguments.of(Reason.TIMED_OUT, "The service failed (500)."),
        Arguments.of(Reason.SERVICE_FAILED, "The service failed (503)."),
        Arguments.of(Reason.SERVICE_FAILED, "The service failed"));
  }

  /** The id of the first failure is kept only while the failure is the same. */
  @ParameterizedTest
  @MethodSource("otherFailures")
  void anotherFailureHasItsOwnRequestId(Reason reason, String message) {
    // Given
    ConnectWiseInstanceStatus before = failed(Optional.empty(), "first", T0);
    Outcome outcome = new Outcome(reason, message, Optional.of("second"), Optional.empty());
    // When
    ConnectWiseInstanceStatus after =
        StatusComposer.compose(Optional.of(before), 3, report(outcome, Recorded.NOTHING), T1);
    // Then
    assertThat(condition(after, ConditionType.READY).getMessage())
        .isEqualTo(message + " (request id second)");
  }

  @Test
  void showsAPlanAndOmitsAnEmptyOne() {
    // Given
    Outcome planned = Outcome.of(Reason.PLANNED, "Message.");
    StatusReport report =
        new StatusReport(planned, Recorded.NOTHING, List.of("POST /instances"), Optional.empty());
    // When
    ConnectWiseInstanceStatus status = StatusComposer.compose(Optional.empty(), 3, report, T0);
    // Then
    assertThat(status.plan()).containsExactly("POST /instances");
    assertThat(compose(Optional.empty(), Reason.PLANNED, Recorded.NOTHING, T0).plan()).isNull();
  }

  /** A status of another writer, or one that a person emptied, records nothing. */
  @Test
  void aStatusWithoutObservedGenerationIsBlank() {
    // Given
    ConnectWiseInstanceStatus observed = compose(Optional.empty(), Reason.AVAILABLE, USABLE, T0);
    ConnectWiseInstanceStatus emptied = unobserved(observed);
    // When
    Recorded read = StatusReader.recorded(Optional.of(emptied), 3);
    // Then
    assertThat(read).isEqualTo(Recorded.NOTHING);
    assertThat(StatusReader.recorded(Optional.of(observed), 3).blank()).isFalse();
  }

  @Test
  void readsBackAWrittenStatus() {
    // Given
    ConnectWiseInstanceStatus status =
        compose(
            Optional.empty(),
            Reason.PROVISIONING,
            Recorded.NOTHING
                .withIntent(INTENT, Optional.empty())
                .withDuplicates(new TreeSet<>(List.of(9L))),
            T0);
    // When
    Recorded read = StatusReader.recorded(Optional.of(status), 3);
    // Then
    assertThat(read.blank()).isFalse();
    assertThat(read.intent()).contains(INTENT);
    assertThat(read.duplicates()).containsExactly(9L);
    assertThat(read.lastReason()).contains(Reason.PROVISIONING);
  }

  static Stream<Adoption> adoptions() {
    return Stream.of(
        new Adoption.Open(50, T0, Optional.of(Set.of("by hand", "production"))),
        new Adoption.Open(50, T0, Optional.empty()),
        new Adoption.Completed(50));
  }

  /** A deletion puts the tags back as they were found, perhaps by another process. */
  @ParameterizedTest
  @MethodSource("adoptions")
  void readsBackAnAdoption(Adoption adoption) {
    // Given
    Recorded adopting = Recorded.NOTHING.withAdoption(Optional.of(adoption));
    ConnectWiseInstanceStatus status = compose(Optional.empty(), Reason.PROVISIONING, adopting, T0);
    // When
    Recorded read = StatusReader.recorded(Optional.of(status), 3);
    // Then
    assertThat(read.adoption()).contains(adoption);
  }

  static Stream<Arguments> summaries() {
    return Stream.of(
        Arguments.of(Optional.of(true), Optional.of(false), "Valid"),
        Arguments.of(Optional.of(false), Optional.of(false), "Invalid"),
        Arguments.of(Optional.of(true), Optional.of(true), "Disabled"),
        Arguments.of(Optional.of(false), Optional.of(true), "Disabled"),
        Arguments.of(Optional.empty(), Optional.empty(), "Valid"));
  }

  /** One word, as far as the service shows it. */
  @ParameterizedTest
  @MethodSource("summaries")
  void sumsUpTheInstance(Optional<Boolean> valid, Optional<Boolean> disabled, String state) {
    // Given
    Recorded recorded = UsableInstance.recorded(7, new Availability(valid, disabled));
    // When
    ConnectWiseInstanceStatus status = compose(Optional.empty(), Reason.UPDATING, recorded, T0);
    // Then
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.valid()).isEqualTo(valid.orElse(null));
    assertThat(status.disabled()).isEqualTo(disabled.orElse(null));
  }

  static Stream<Arguments> progress() {
    Recorded underWay = Recorded.NOTHING.withIntent(INTENT, Optional.empty());
    return Stream.of(
        Arguments.of(Reason.PROVISIONING, Recorded.NOTHING, State.PROVISIONING),
        Arguments.of(Reason.WAITING_FOR_SECRET, Recorded.NOTHING, State.PENDING),
        Arguments.of(Reason.WAITING_FOR_SECRET, underWay, State.PROVISIONING),
        Arguments.of(Reason.WAITING_FOR_SECRET, USABLE, State.VALID),
        Arguments.of(Reason.UNREACHABLE, Recorded.NOTHING, State.PENDING),
        Arguments.of(Reason.UNREACHABLE, underWay, State.PROVISIONING),
        Arguments.of(Reason.UNREACHABLE, USABLE, State.VALID),
        Arguments.of(Reason.ACCOUNT_NOT_USABLE, Recorded.NOTHING, State.FAILED),
        Arguments.of(Reason.ACCOUNT_NOT_USABLE, USABLE, State.VALID));
  }

  @ParameterizedTest
  @MethodSource("progress")
  void tellsWhetherAnInstanceIsThereOrOnItsWay(Reason reason, Recorded recorded, State state) {
    // When
    ConnectWiseInstanceStatus status = compose(Optional.empty(), reason, recorded, T0);
    // Then
    assertThat(status.state()).isEqualTo(state.key());
  }

  @Test
  void ignoresTheReasonOfAnOlderGeneration() {
    // Given
    ConnectWiseInstanceStatus status = compose(Optional.empty(), Reason.NOT_ACCEPTED, USABLE, T0);
    // When
    Recorded read = StatusReader.recorded(Optional.of(status), 4);
    // Then
    assertThat(read.lastReason()).isEmpty();
    assertThat(read.instanceId()).contains(7L);
  }

  private static ConnectWiseInstanceStatus unobserved(ConnectWiseInstanceStatus status) {
    return new ConnectWiseInstanceStatus(
        null,
        status.state(),
        status.instanceId(),
        status.elementKey(),
        status.valid(),
        status.disabled(),
        status.account(),
        status.configurationHash(),
        status.tokenSecretRef(),
        status.binding(),
        status.provisioning(),
        status.adoption(),
        status.duplicates(),
        status.recreatedAt(),
        status.plan(),
        status.lastHandledReconcileAt(),
        status.lastHandledTakeOver(),
        status.nextCheckAt(),
        status.conditions());
  }

  private static ConnectWiseInstanceStatus failed(
      Optional<ConnectWiseInstanceStatus> previous, String requestId, Instant now) {
    Outcome outcome =
        new Outcome(
            Reason.SERVICE_FAILED,
            "The service failed (500).",
            Optional.of(requestId),
            Optional.empty());
    return StatusComposer.compose(previous, 3, report(outcome, Recorded.NOTHING), now);
  }

  private static ConnectWiseInstanceStatus held(
      ConnectWiseInstanceStatus previous, String message) {
    return StatusComposer.compose(
        Optional.of(previous), 3, report(Outcome.of(Reason.HELD_BACK, message), USABLE), T1);
  }

  private static ConnectWiseInstanceStatus compose(
      Optional<ConnectWiseInstanceStatus> previous, Reason reason, Recorded recorded, Instant now) {
    return StatusComposer.compose(
        previous, 3, report(Outcome.of(reason, "Message."), recorded), now);
  }

  private static StatusReport report(Outcome outcome, Recorded recorded) {
    return new StatusReport(outcome, recorded, List.of(), Optional.empty());
  }

  private static String shown(ConnectWiseInstanceStatus status, ConditionType type) {
    return StatusReader.condition(status, type)
        .map(condition -> condition.getStatus() + "/" + condition.getReason())
        .orElse("-");
  }

  private static Condition condition(ConnectWiseInstanceStatus status, ConditionType type) {
    return StatusReader.condition(status, type).orElseThrow();
  }
}
