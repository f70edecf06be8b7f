package io.cloudelements.connectwise.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccountBreakerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(5);
  private static final RemoteFailure REJECTED = new RemoteFailure.AccountRejected(ErrorAnswer.NONE);

  private final AccountBreaker breaker = new AccountBreaker("5f2c0c9a1b7e", 3);

  @Test
  void opensAtTheThirdFailureInARow() {
    // Given
    fail(2);
    BreakerState before = breaker.state(NOON);
    // When
    fail(1);
    // Then
    assertThat(before).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.state(NOON)).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.remainingWait(NOON).orElseThrow())
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  @Test
  void anAnswerResetsTheCountOfFailures() {
    // Given
    fail(2);
    breaker.answered();
    // When
    fail(2);
    // Then
    assertThat(breaker.state(NOON)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void allowsOneProbeAfterThePause() {
    // Given
    fail(3);
    Optional<Duration> before = breaker.remainingWait(LATER);
    // When
    boolean probe = breaker.begin();
    // Then
    assertThat(before).isEmpty();
    assertThat(probe).isTrue();
    assertThat(breaker.state(LATER)).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.remainingWait(LATER)).as("one at a time").isPresent();
  }

  @Test
  void closesAfterAnAnsweredProbe() {
    // Given
    fail(3);
    breaker.begin();
    // When
    boolean recovered = breaker.answered();
    // Then
    assertThat(breaker.remainingWait(LATER)).isEmpty();
    assertThat(breaker.begin()).as("the next call is like any other").isFalse();
    assertThat(recovered).as("an outage has ended").isTrue();
    assertThat(breaker.answered()).as("only once").isFalse();
  }

  @Test
  void aFailedProbeDoublesThePauseUpToFiveMinutes() {
    // Given
    fail(3);
    // When
    List<Duration> pauses = pauses(breaker, 8);
    // Then: up to a fifth is taken off
    List<Integer> seconds = List.of(10, 20, 40, 80, 160, 300, 300, 300);
    for (int i = 0; i < pauses.size(); i++) {
      Duration most = Duration.ofSeconds(seconds.get(i));
      assertThat(pauses.get(i)).isBetween(most.multipliedBy(4).dividedBy(5), most);
    }
  }

  /** Accounts of one service fail together, and must not be probed together for ever. */
  @Test
  void accountsAreProbedAtDifferentTimes() {
    // Given
    AccountBreaker other = new AccountBreaker("0123456789ab", 3);
    fail(3);
    fail(other, 3);
    // When
    List<Duration> pauses = pauses(breaker, 8);
    // Then
    assertThat(pauses(other, 8)).doesNotContainAnyElementsOf(pauses);
  }

  /** Sixteen calls in flight that time out together are one outage: they extend no pause. */
  @Test
  void failuresOfCallsInFlightDoNotExtendThePause() {
    // Given
    fail(3);
    Optional<Duration> pause = breaker.remainingWait(NOON);
    // When
    fail(13);
    // Then
    assertThat(breaker.remainingWait(NOON)).isEqualTo(pause);
  }

  /** One of them that fails late must not let a second probe go. */
  @Test
  void aLateFailureDoesNotEndTheProbe() {
    // Given
    fail(3);
    breaker.begin();
    // When
    breaker.failed(REJECTED, false, LATER);
    // Then
    assertThat(breaker.remainingWait(LATER)).isPresent();
  }

  @Test
  void anUnsentProbeAllowsAnother() {
    // Given
    fail(3);
    breaker.begin();
    // When
    breaker.failed(new RemoteFailure.NotSent("stopped", Optional.empty()), true, LATER);
    // Then
    assertThat(breaker.remainingWait(LATER)).isEmpty();
  }

  @Test
  void anAbandonedProbeAllowsAnother() {
    // Given
    fail(3);
    breaker.begin();
    // When
    breaker.abandoned(true);
    // Then
    assertThat(breaker.remainingWait(LATER))
        .as("or the account would be closed for ever")
        .isEmpty();
  }

  static Stream<Arguments> failures() {
    ErrorAnswer provider =
        new ErrorAnswer(500, Optional.empty(), Optional.of("Bad login"), Optional.empty());
    return Stream.of(
        Arguments.of(REJECTED, true),
        Arguments.of(new RemoteFailure.ServiceFailed(ErrorAnswer.NONE, Effect.UNKNOWN), true),
        Arguments.of(new RemoteFailure.TimedOut(Duration.ofSeconds(15), Effect.UNKNOWN), true),
        Arguments.of(new RemoteFailure.Unreachable("refused"), true),
        Arguments.of(new RemoteFailure.ServiceFailed(provider, Effect.UNKNOWN), false),
        Arguments.of(new RemoteFailure.ProviderRejected(provider), false),
        Arguments.of(new RemoteFailure.NotFound(ErrorAnswer.NONE), false),
        Arguments.of(new RemoteFailure.RateLimited(ErrorAnswer.NONE, Optional.empty()), true),
        Arguments.of(
            new RemoteFailure.RateLimited(ErrorAnswer.NONE, Optional.of(Duration.ofSeconds(9))),
            false),
        Arguments.of(new RemoteFailure.RateLimited(provider, Optional.empty()), false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void countsOnlyFailuresOfTheAccountOrTheService(RemoteFailure failure, boolean counts) {
    // Given
    fail(2);
    // When
    breaker.failed(failure, false, NOON);
    // Then
    assertThat(breaker.state(NOON)).isEqualTo(counts ? BreakerState.OPEN : BreakerState.CLOSED);
  }

  static Stream<RemoteFailure> answers() {
    ErrorAnswer provider =
        new ErrorAnswer(500, Optional.empty(), Optional.of("Bad login"), Optional.empty());
    return Stream.of(
        new RemoteFailure.ServiceFailed(provider, Effect.UNKNOWN),
        new RemoteFailure.RateLimited(provider, Optional.of(Duration.ofSeconds(9))),
        new RemoteFailure.ProviderRejected(provider),
        new RemoteFailure.AccessDenied(ErrorAnswer.NONE),
        new RemoteFailure.NotFound(ErrorAnswer.NONE),
        new RemoteFailure.InUse(ErrorAnswer.NONE));
  }

  /** Each of these answers shows that the service accepts the account, so its breaker closes. */
  @ParameterizedTest
  @MethodSource("answers")
  void aFailureThatIsAnAnswerEndsAnOutage(RemoteFailure answer) {
    // Given
    fail(3);
    // When
    boolean recovered = breaker.failed(answer, breaker.begin(), LATER);
    // Then
    assertThat(recovered).isTrue();
    assertThat(breaker.state(LATER)).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.failed(answer, false, LATER)).as("only once").isFalse();
  }

  @Test
  void aFailedProbeEndsNoOutage() {
    // Given
    fail(3);
    // When
    boolean recovered = breaker.failed(REJECTED, breaker.begin(), LATER);
    // Then
    assertThat(recovered).isFalse();
    assertThat(breaker.state(LATER)).isEqualTo(BreakerState.OPEN);
  }

  /** The account is paused, so no resource is woken now. */
  @Test
  void aPauseThatIsAskedForClosesTheBreakerWithoutAnEvent() {
    // Given
    fail(3);
    RemoteFailure limited =
        new RemoteFailure.RateLimited(ErrorAnswer.NONE, Optional.of(Duration.ofSeconds(9)));
    // When
    boolean recovered = breaker.failed(limited, breaker.begin(), LATER);
    // Then
    assertThat(recovered).isFalse();
    assertThat(breaker.state(LATER)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void thePauseCountsFromTheFailureThatOpens() {
    // Given
    fail(2);
    Instant third = NOON.plusSeconds(90);
    // When
    breaker.failed(REJECTED, false, third);
    // Then
    assertThat(breaker.remainingWait(third).orElseThrow())
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  /** A reconcile that ends without a call, and is not the probe, leaves the probe alone. */
  @Test
  void anotherCallThatIsAbandonedLeavesTheProbe() {
    // Given
    fail(3);
    breaker.begin();
    // When
    breaker.abandoned(false);
    // Then
    assertThat(breaker.remainingWait(LATER)).as("one at a time").isPresent();
  }

  private void fail(int times) {
    fail(breaker, times);
  }

  private static void fail(AccountBreaker breaker, int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(REJECTED, false, NOON);
    }
  }

  /** After so many failed probes, one after the other. */
  private static List<Duration> pauses(AccountBreaker breaker, int probes) {
    List<Duration> pauses = new ArrayList<>();
    Instant now = NOON;
    for (int i = 0; i < probes; i++) {
      now = now.plus(Duration.ofMinutes(6));
      breaker.failed(REJECTED, breaker.begin(), now);
      pauses.add(breaker.remainingWait(now).orElseThrow());
    }
    return pauses;
  }
}
