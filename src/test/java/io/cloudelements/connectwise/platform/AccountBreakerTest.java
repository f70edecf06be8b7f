package io.cloudelements.connectwise.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccountBreakerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final RemoteFailure REJECTED = new RemoteFailure.AccountRejected(Answer.NONE);

  private final AccountBreaker breaker = new AccountBreaker(3);

  @Test
  void theThirdFailureInARowOpensIt() {
    // Given
    fail(2);
    boolean openBefore = breaker.isOpen();
    // When
    fail(1);
    // Then
    assertThat(openBefore).isFalse();
    assertThat(breaker.refusal(NOON).orElseThrow().retryAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void anAnswerBetweenThemStartsTheCountAnew() {
    // Given
    fail(2);
    breaker.answered();
    // When
    fail(2);
    // Then
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void afterThePauseOneProbeGoesAndTheOthersWait() {
    // Given
    fail(3);
    Instant later = NOON.plusSeconds(5);
    // When
    Optional<RemoteFailure.NotSent> probe = breaker.refusal(later);
    // Then
    assertThat(probe).isEmpty();
    assertThat(breaker.refusal(later)).as("one at a time").isPresent();
  }

  @Test
  void anAnsweredProbeClosesIt() {
    // Given
    fail(3);
    Instant later = NOON.plusSeconds(5);
    breaker.refusal(later);
    // When
    breaker.answered();
    // Then
    assertThat(breaker.refusal(later)).isEmpty();
    assertThat(breaker.isTroubled()).as("nothing is left to remember").isFalse();
  }

  @Test
  void aFailedProbeDoublesThePauseUpToFiveMinutes() {
    // Given
    fail(3);
    Instant now = NOON;
    Duration pause = Duration.ZERO;
    // When
    for (int probes = 0; probes < 10; probes++) {
      now = now.plus(Duration.ofMinutes(5));
      breaker.refusal(now);
      breaker.failed(REJECTED, now);
      Duration next = breaker.refusal(now).orElseThrow().retryAfter().orElseThrow();
      assertThat(next).isGreaterThanOrEqualTo(pause);
      pause = next;
    }
    // Then
    assertThat(pause).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aProbeThatWasNotSentLeavesThePlaceToAnother() {
    // Given
    fail(3);
    Instant later = NOON.plusSeconds(5);
    breaker.refusal(later);
    // When
    breaker.failed(new RemoteFailure.NotSent("stopped", Optional.empty()), later);
    // Then
    assertThat(breaker.refusal(later)).isEmpty();
  }

  @Test
  void aProbeThatEndedByADefectLeavesThePlaceToAnother() {
    // Given
    fail(3);
    Instant later = NOON.plusSeconds(5);
    breaker.refusal(later);
    // When
    breaker.abandoned();
    // Then
    assertThat(breaker.refusal(later)).as("or the account would be closed for ever").isEmpty();
  }

  static Stream<Arguments> failures() {
    Answer provider = new Answer(500, Optional.empty(), Optional.of("Bad login"), Optional.empty());
    return Stream.of(
        Arguments.of(REJECTED, true),
        Arguments.of(new RemoteFailure.ServiceFailed(Answer.NONE, Effect.UNKNOWN), true),
        Arguments.of(new RemoteFailure.TimedOut(Duration.ofSeconds(15), Effect.UNKNOWN), true),
        Arguments.of(new RemoteFailure.Unreachable("refused"), true),
        Arguments.of(new RemoteFailure.ServiceFailed(provider, Effect.UNKNOWN), false),
        Arguments.of(new RemoteFailure.ProviderRejected(provider), false),
        Arguments.of(new RemoteFailure.NotFound(Answer.NONE), false),
        Arguments.of(new RemoteFailure.RateLimited(Answer.NONE, Optional.empty()), false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void onlyWhatIsAboutTheAccountOrTheServiceCounts(RemoteFailure failure, boolean counts) {
    // Given
    fail(2);
    // When
    breaker.failed(failure, NOON);
    // Then
    assertThat(breaker.isOpen()).isEqualTo(counts);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(REJECTED, NOON);
    }
  }
}
