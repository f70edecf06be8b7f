package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.UsableInstance;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * GitOps tools bring resource and Secret in an order of their own, and give up on what is Stalled.
 */
class SecretGracePeriodTest {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00.700Z");
  private static final long GENERATION = 3;
  private static final Outcome CAUSE = Outcome.of(Reason.SECRET_NOT_FOUND, "Secret acme is away.");

  /** Each reconcile may be another process': all that it knows is the status. */
  @ParameterizedTest
  @CsvSource({
    "0,   WaitingForSecret",
    "30, WaitingForSecret",
    "119, WaitingForSecret",
    "120, SecretNotFound",
    "900, SecretNotFound",
  })
  void aNewResourceWaitsTwoMinutesForItsSecret(long seconds, String reason) {
    // Given
    ConnectWiseInstanceStatus first = reconcile(Optional.empty(), Recorded.NOTHING, START);
    Instant now = START.plusSeconds(seconds);
    // When
    Outcome outcome = SecretGracePeriod.applied(CAUSE, input(Optional.of(first)), now);
    // Then
    ConnectWiseInstanceStatus status = composed(Optional.of(first), outcome, Recorded.NOTHING, now);
    assertThat(condition(status, "Synced").getReason()).isEqualTo(reason);
    assertThat(condition(status, "Ready").getStatus()).isEqualTo("False");
    boolean waits = reason.equals("WaitingForSecret");
    assertThat(types(status)).contains(waits ? "Reconciling" : "Stalled");
    assertThat(types(status)).doesNotContain(waits ? "Stalled" : "Reconciling");
    if (waits) {
      assertThat(status).as("no write beyond the first").isEqualTo(first);
      assertThat(
              new RequeuePolicy(
                      ReconcileInputs.SETTINGS.intervals(),
                      ReconcileInputs.UID,
                      0,
                      Instant.parse("2026-11-24T10:00:00Z").plusSeconds(seconds))
                  .after(outcome))
          .as("comes back when it is over")
          .contains(Duration.ofSeconds(120 - seconds));
    }
  }

  /** Tools replace a Secret by delete and create: a second without it takes nothing away. */
  @ParameterizedTest
  @CsvSource({
    "0,   True,  WaitingForSecret",
    "59,  True,  WaitingForSecret",
    "60,  False, WaitingForSecret",
    "119, False, WaitingForSecret",
    "120, False, SecretNotFound",
  })
  void aUsableInstanceStaysReadyForAMinute(long seconds, String ready, String reason) {
    // Given
    Recorded usable = UsableInstance.recorded(7);
    ConnectWiseInstanceStatus available =
        composed(
            Optional.empty(),
            Outcome.of(Reason.AVAILABLE, "Fine."),
            usable,
            START.minus(Duration.ofDays(1)));
    ConnectWiseInstanceStatus first = reconcile(Optional.of(available), usable, START);
    Instant now = START.plusSeconds(seconds);
    // When
    ConnectWiseInstanceStatus status = reconcile(Optional.of(first), usable, now);
    // Then
    assertThat(condition(first, "Synced").getStatus()).isEqualTo("False");
    assertThat(condition(status, "Ready").getStatus()).isEqualTo(ready);
    assertThat(condition(status, "Synced").getReason()).isEqualTo(reason);
  }

  /**
   * What was under way when the Secret went away began earlier, which is no matter of the Secret.
   */
  @Test
  void graceStartsWhenTheSecretIsFoundMissing() {
    // Given
    ConnectWiseInstanceStatus busy =
        composed(
            Optional.empty(),
            Outcome.of(Reason.TIMED_OUT, "No answer."),
            Recorded.NOTHING,
            START.minusSeconds(600));
    // When
    ConnectWiseInstanceStatus status = reconcile(Optional.of(busy), Recorded.NOTHING, START);
    // Then
    assertThat(condition(status, "Reconciling").getReason()).isEqualTo("WaitingForSecret");
    assertThat(condition(status, "Reconciling").getLastTransitionTime())
        .isEqualTo("2026-11-24T10:00:00Z");
  }

  /** Once told, it stays told: else it would be announced and withdrawn for ever. */
  @Test
  void aStalledResourceDoesNotWaitAgain() {
    // Given
    ConnectWiseInstanceStatus stalled =
        composed(Optional.empty(), CAUSE, Recorded.NOTHING, START.minusSeconds(600));
    // When
    Outcome outcome = SecretGracePeriod.applied(CAUSE, input(Optional.of(stalled)), START);
    // Then
    assertThat(outcome).isEqualTo(CAUSE);
  }

  /** A clock that was set back must not make the wait longer than it is. */
  @Test
  void aGracePeriodInTheFutureRestarts() {
    // Given
    ConnectWiseInstanceStatus ahead =
        reconcile(Optional.empty(), Recorded.NOTHING, START.plus(Duration.ofHours(6)));
    // When
    ConnectWiseInstanceStatus status = reconcile(Optional.of(ahead), Recorded.NOTHING, START);
    // Then
    assertThat(condition(status, "Reconciling").getLastTransitionTime())
        .isEqualTo("2026-11-24T10:00:00Z");
  }

  /** What a person has to mend does not come by itself. */
  @Test
  void reportsAMalformedEntryAtOnce() {
    // Given
    Outcome malformed = Outcome.of(Reason.MALFORMED_ENTRIES, "A line break.");
    // When
    Outcome outcome = SecretGracePeriod.applied(malformed, input(Optional.empty()), START);
    // Then
    assertThat(outcome).isEqualTo(malformed);
  }

  /** The new spec may name a Secret that comes with it. */
  @Test
  void aChangedSpecWaitsAgain() {
    // Given
    ConnectWiseInstanceStatus stalled =
        StatusComposer.compose(
            Optional.empty(),
            GENERATION - 1,
            new StatusReport(CAUSE, Recorded.NOTHING, List.of(), Optional.empty()),
            START.minusSeconds(600));
    // When
    Outcome outcome = SecretGracePeriod.applied(CAUSE, input(Optional.of(stalled)), START);
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.WAITING_FOR_SECRET);
  }

  /** Without consent nothing may be used, not even for a minute. */
  @Test
  void aUsableInstanceDoesNotStayReadyWithoutItsAccount() {
    // Given
    Outcome withheld = Outcome.of(Reason.ACCOUNT_NOT_USABLE, "Account acme is away.");
    ConnectWiseInstanceStatus available =
        composed(
            Optional.empty(),
            Outcome.of(Reason.AVAILABLE, "Fine."),
            UsableInstance.recorded(7),
            START.minus(Duration.ofDays(1)));
    // When
    Outcome outcome = SecretGracePeriod.applied(withheld, input(Optional.of(available)), START);
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.WAITING_FOR_ACCOUNT);
    assertThat(outcome.notBefore()).contains(Instant.parse("2026-11-24T10:02:00Z"));
  }

  private static ConnectWiseInstanceStatus reconcile(
      Optional<ConnectWiseInstanceStatus> before, Recorded recorded, Instant now) {
    return composed(before, SecretGracePeriod.applied(CAUSE, input(before), now), recorded, now);
  }

  private static ConnectWiseInstanceStatus composed(
      Optional<ConnectWiseInstanceStatus> before, Outcome outcome, Recorded recorded, Instant now) {
    return StatusComposer.compose(
        before, GENERATION, new StatusReport(outcome, recorded, List.of(), Optional.empty()), now);
  }

  private static ReconcileInput input(Optional<ConnectWiseInstanceStatus> status) {
    ReconcileInputs snapshots = ReconcileInputs.helpdesk().without("acme");
    status.ifPresent(snapshots::reporting);
    return snapshots.build();
  }

  private static List<String> types(ConnectWiseInstanceStatus status) {
    return status.conditions().stream().map(Condition::getType).toList();
  }

  private static Condition condition(ConnectWiseInstanceStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
