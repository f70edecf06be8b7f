package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureOutcomesTest {
  /** The account stays paused while its credentials are wrong, so the message names the way out. */
  @Test
  void aPausedDeletionNamesTheRetainPolicy() {
    // Given
    RemoteFailure held = new RemoteFailure.NotSent("the account failed", Optional.empty());
    // When
    Outcome outcome = FailureOutcomes.ofDeletion(held, "5f2c0c9a1b7e", Instant.EPOCH);
    // Then
    assertThat(outcome.message()).contains("set spec.deletionPolicy: Retain");
  }

  private static final String ACCOUNT = "5f2c0c9a1b7e";
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ErrorAnswer SAID =
      new ErrorAnswer(
          400,
          Optional.of("Request failed"),
          Optional.of("Bad login"),
          Optional.of("58b46b1be4b0e5a9b7d19c49"));

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new RemoteFailure.AccountRejected(SAID), Reason.ACCOUNT_REJECTED, true),
        Arguments.of(new RemoteFailure.AccessDenied(SAID), Reason.ACCESS_DENIED, true),
        Arguments.of(new RemoteFailure.ProviderRejected(SAID), Reason.PROVIDER_REJECTED, true),
        Arguments.of(new RemoteFailure.NotFound(SAID), Reason.UNEXPECTED_ANSWER, false),
        Arguments.of(new RemoteFailure.InUse(SAID), Reason.SERVICE_FAILED, true),
        Arguments.of(
            new RemoteFailure.RateLimited(SAID, Optional.empty()), Reason.RATE_LIMITED, false),
        Arguments.of(
            new RemoteFailure.ServiceFailed(SAID, Effect.UNKNOWN), Reason.SERVICE_FAILED, false),
        Arguments.of(
            new RemoteFailure.UnexpectedAnswer(SAID, "HTML", Effect.UNKNOWN),
            Reason.UNEXPECTED_ANSWER,
            false),
        Arguments.of(
            new RemoteFailure.TimedOut(Duration.ofSeconds(90), Effect.UNKNOWN),
            Reason.TIMED_OUT,
            false),
        Arguments.of(
            new RemoteFailure.ConnectionLost("reset", Effect.UNKNOWN),
            Reason.CONNECTION_LOST,
            false),
        Arguments.of(new RemoteFailure.Unreachable("refused"), Reason.UNREACHABLE, false),
        Arguments.of(
            new RemoteFailure.NotSent("queue full", Optional.empty()), Reason.HELD_BACK, false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void mapsEachFailureToItsReasons(
      RemoteFailure failure, Reason reason, boolean deletionNeedsAPerson) {
    // Given
    Outcome living = FailureOutcomes.of(failure, ACCOUNT, NOW);
    // When
    Outcome deleting = FailureOutcomes.ofDeletion(failure, ACCOUNT, NOW);
    // Then
    assertThat(living.reason()).isEqualTo(reason);
    assertThat(deleting.reason())
        .isEqualTo(deletionNeedsAPerson ? Reason.DELETION_BLOCKED : Reason.DELETING);
    assertThat(deleting.message().contains("spec.deletionPolicy: Retain"))
        .as("the way out is shown where a person must act, or where nothing is even tried")
        .isEqualTo(deletionNeedsAPerson || failure instanceof RemoteFailure.NotSent);
  }

  @Test
  void showsTheProviderMessageAndTheRequestId() {
    // Given
    RemoteFailure failure = new RemoteFailure.ProviderRejected(SAID);
    // When
    Outcome outcome = FailureOutcomes.of(failure, ACCOUNT, NOW);
    // Then
    assertThat(outcome.message())
        .isEqualTo(
            "The service refused the instance's data (400). Correct the ConnectWise entries in the"
                + " credentials Secret, or the field of the spec that its words are about. The service says: \"Request failed\"."
                + " ConnectWise says: \"Bad login\".");
    assertThat(outcome.requestId()).contains("58b46b1be4b0e5a9b7d19c49");
  }

  /** A DELETE carries no entries, so that none can be wrong. */
  @Test
  void aRefusedDeletionDoesNotAdviseToCorrectEntries() {
    // Given
    RemoteFailure failure = new RemoteFailure.ProviderRejected(SAID);
    // When
    Outcome outcome = FailureOutcomes.ofDeletion(failure, ACCOUNT, NOW);
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.DELETION_BLOCKED);
    assertThat(outcome.message())
        .isEqualTo(
            "Deletion waits. The service refuses to delete the instance (400). The service says:"
                + " \"Request failed\". ConnectWise says: \"Bad login\". To leave the instance there,"
                + " set spec.deletionPolicy: Retain.");
  }

  @Test
  void aPauseNamesItsAccountAndItsEnd() {
    // Given
    RemoteFailure failure =
        new RemoteFailure.RateLimited(
            RemoteFailure.ErrorAnswer.NONE, Optional.of(Duration.ofMillis(29_300)));
    // When
    Outcome outcome = FailureOutcomes.of(failure, ACCOUNT, NOW);
    // Then
    assertThat(outcome.message())
        .isEqualTo(
            "The service limits the rate of calls (429), so that account 5f2c0c9a1b7e is not called"
                + " until "
                + NOW.plusSeconds(30)
                + "; it goes on by itself.");
  }

  /** One instance waits, and no other resource of the account does. */
  @Test
  void aLimitOfConnectWiseNamesItAndNotTheAccount() {
    // Given
    RemoteFailure.ErrorAnswer provider =
        new RemoteFailure.ErrorAnswer(
            429, Optional.empty(), Optional.of("Slow down"), Optional.empty());
    RemoteFailure failure =
        new RemoteFailure.RateLimited(provider, Optional.of(Duration.ofMillis(29_300)));
    // When
    Outcome outcome = FailureOutcomes.of(failure, ACCOUNT, NOW);
    // Then
    assertThat(outcome.message())
        .isEqualTo(
            "ConnectWise limits the rate of calls (429), so that this is not tried again until "
                + NOW.plusSeconds(30)
                + ". ConnectWise says: \"Slow down\".");
    assertThat(outcome.notBefore()).contains(NOW.plusMillis(29_300));
  }

  @Test
  void retryAfterBecomesTheEarliestTime() {
    // Given
    RemoteFailure failure =
        new RemoteFailure.RateLimited(SAID, Optional.of(Duration.ofSeconds(30)));
    // When
    Outcome outcome = FailureOutcomes.of(failure, ACCOUNT, NOW);
    // Then
    assertThat(outcome.notBefore()).contains(NOW.plusSeconds(30));
  }

  @Test
  void reportsAnUnknownEffect() {
    // Given
    RemoteFailure failure = new RemoteFailure.TimedOut(Duration.ofSeconds(90), Effect.UNKNOWN);
    // When
    Outcome outcome = FailureOutcomes.of(failure, ACCOUNT, NOW);
    // Then
    assertThat(outcome.message())
        .isEqualTo(
            "No answer within 90 s; whether the call took effect is found out before anything is"
                + " repeated.");
  }
}
