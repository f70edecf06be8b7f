package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.HeldStep;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.UsableInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reconcile records before it acts, and what it takes back where that had no effect. */
class RecordedAttemptsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final DesiredResolver.Resolution.Resolved RESOLVED =
      (DesiredResolver.Resolution.Resolved)
          new DesiredResolver(ReconcileInputs.SETTINGS)
              .resolve(ReconcileInputs.helpdesk("adoptInstanceId: 7").build());
  private static final DesiredInstance DESIRED = RESOLVED.desired();
  private static final String ACCOUNT = DESIRED.account().fingerprint();
  private static final RemoteInstance INSTANCE = RemoteInstances.bare(7, "the-token");
  private static final Recorded RECORDED = Recorded.NOTHING.seen(INSTANCE, DESIRED);
  private static final Action.RecordIntent ATTEMPT =
      new Action.RecordIntent(new Intent(1, NOW), true);
  private static final Adoption.Open ADOPTION = new Adoption.Open(7, NOW, Optional.empty());

  /** The next reconcile must not wait for an instance that certainly is not made. */
  @ParameterizedTest
  @CsvSource({
    "create, NONE,    true,  false",
    "create, UNKNOWN, true,  true",
    "create, APPLIED, true,  true",
    "adopt,  UNKNOWN, true,  true",
    "search, UNKNOWN, true,  false",
    "create, NONE,    false, true",
  })
  void anIntentIsTakenBackWhereItHadNoEffect(
      String failed, Effect effect, boolean ofThisReconcile, boolean kept) {
    // Given
    ReconcileState state =
        new ReconcileState(Recorded.NOTHING.withIntent(new Intent(1, NOW), Optional.of(ACCOUNT)));
    if (ofThisReconcile) {
      state.note(ATTEMPT, DESIRED);
    }
    Action action =
        switch (failed) {
          case "create" -> new Action.Create(SendWindow.ALWAYS);
          case "adopt" -> new Action.Adopt(new Action.Replace(7));
          default -> new Action.SearchByTag();
        };
    // When
    state.failed(action, new RemoteFailure.TimedOut(Duration.ofSeconds(90), effect));
    // Then
    assertThat(state.recorded().intent().isPresent()).isEqualTo(kept);
  }

  /** What an earlier reconcile adopted stays adopted. */
  @Test
  void anAdoptionWithoutEffectLeavesTheOneBefore() {
    // Given
    Adoption before = new Adoption.Completed(6);
    ReconcileState state = new ReconcileState(RECORDED.withAdoption(Optional.of(before)));
    state.note(new Action.BeginAdoption(ADOPTION), DESIRED);
    // When
    state.failed(
        new Action.Adopt(new Action.Replace(7)), new RemoteFailure.Unreachable("no route"));
    // Then
    assertThat(state.recorded().adoption()).contains(before);
  }

  /** A person confirmed it; only a deletion that was sent ends the hold. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void aDeletionThatWasSentIsHeldNoMore(boolean deletion, boolean held) {
    // Given
    ReconcileState state =
        new ReconcileState(
            UsableInstance.with(
                RECORDED,
                new Recorded.Creation(Optional.empty(), Optional.empty(), HeldStep.DELETION)));
    Action action =
        deletion ? new Action.Delete(new TreeSet<>(Set.of(7L))) : new Action.ReadById(7);
    // When
    state.failed(action, new RemoteFailure.Unreachable("no route"));
    // Then
    assertThat(state.recorded().deletionHeld()).isEqualTo(held);
  }

  @Test
  void anAdoptionIsNotedWithItsAccount() {
    // Given
    ReconcileState state = new ReconcileState(Recorded.NOTHING);
    // When
    state.note(new Action.BeginAdoption(ADOPTION), DESIRED);
    // Then
    assertThat(state.recorded().adoption()).contains(ADOPTION);
    assertThat(state.recorded().account()).contains(ACCOUNT);
    assertThat(state.seen().intentRecorded()).isTrue();
  }

  /** An attempt that is only marked may have been made in the account that is recorded. */
  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void anAttemptOfThisReconcileIsInItsAccount(boolean fresh, boolean here) {
    // Given
    Recorded elsewhere = UsableInstance.recorded(7);
    ReconcileState marked = new ReconcileState(elsewhere);
    // When
    marked.note(new Action.RecordIntent(new Intent(1, NOW), fresh), DESIRED);
    // Then
    assertThat(marked.recorded().account())
        .isEqualTo(here ? Optional.of(ACCOUNT) : elsewhere.account());
    assertThat(marked.seen().intentRecorded()).isEqualTo(fresh);
    assertThat(marked.recorded().adoption())
        .as("the named instance is given up only for one that is made now")
        .isEqualTo(fresh ? Optional.of(new Adoption.Completed(7)) : Optional.empty());
  }

  /** A status without an account records the one that is called now. */
  @Test
  void anAttemptOfUnknownAccountIsMarkedInTheCurrentOne() {
    // Given
    ReconcileState state = new ReconcileState(Recorded.NOTHING);
    // When
    state.note(new Action.RecordIntent(new Intent(1, NOW), false), DESIRED);
    // Then
    assertThat(state.recorded().account()).contains(ACCOUNT);
  }

  /** It may not be used any more: another one is made. */
  @Test
  void anAttemptGivesUpTheInstance() {
    // Given
    ReconcileState state = new ReconcileState(RECORDED);
    state.accept(INSTANCE, DESIRED);
    // When
    state.note(ATTEMPT, DESIRED);
    // Then
    assertThat(state.instance()).isEmpty();
    assertThat(state.recorded().intent()).contains(new Intent(1, NOW));
  }

  @Test
  void aForgottenConfigurationIsNotCertainAnyMore() {
    // Given
    ReconcileState state =
        new ReconcileState(RECORDED.withConfigurationHash(Optional.of("before")));
    // When
    state.note(new Action.ForgetConfiguration(), DESIRED);
    // Then
    assertThat(state.recorded().configurationHash()).isEmpty();
  }
}
