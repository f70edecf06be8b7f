package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequeuePolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ResyncIntervals INTERVALS =
      ResyncIntervals.withListings(Duration.ofMinutes(10), true);

  @ParameterizedTest
  @CsvSource({
    "AVAILABLE,        0,  PT1H,    PT3H12M",
    "DISABLED,         0,  PT5M,    PT16M",
    "NOT_ACCEPTED,     0,  PT5M,    PT16M",
    "SUSPENDED,        0,  PT9M,    PT11M",
    "UPDATING,         0,  PT0S,    PT0S",
    "AWAITING_OUTCOME, 0,  PT1S,    PT1S",
    "AWAITING_OUTCOME, 9,  PT15S,   PT15S",
    "TIMED_OUT,        0,  PT1.8S,  PT2.2S",
    "TIMED_OUT,        3,  PT14.4S, PT17.6S",
    "TIMED_OUT,        99, PT4M30S, PT5M30S",
    "ACCOUNT_REJECTED, 0,  PT9M,    PT11M",
    "ACCOUNT_REJECTED, 99, PT54M,   PT66M",
    "DELETION_BLOCKED, 0,  PT13.5S, PT16.5S",
    "DELETION_HELD,    0,  PT9M,    PT11M",
    "DELETION_HELD,    99, PT54M,   PT66M",
  })
  void waitsByReasonAndFailures(Reason reason, int failures, Duration least, Duration most) {
    // Given
    Outcome outcome = Outcome.of(reason, "Message.");
    // When
    Optional<Duration> wait = new RequeuePolicy(INTERVALS, "uid", failures, NOW).after(outcome);
    // Then
    assertThat(wait.orElseThrow()).isBetween(least, most);
  }

  @Test
  void doesNotRetryBeforeTheRetryAfter() {
    // Given
    Outcome outcome = Outcome.until(NOW.plusSeconds(300), Reason.RATE_LIMITED, "Message.");
    // When
    Optional<Duration> wait = new RequeuePolicy(INTERVALS, "uid", 0, NOW).after(outcome);
    // Then
    assertThat(wait.orElseThrow()).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(360));
  }

  /** All resources of an account are told the same instant. */
  @Test
  void spreadsTheRetriesOfAPausedAccount() {
    // Given
    Outcome outcome = Outcome.until(NOW.plusSeconds(5), Reason.HELD_BACK, "Message.");
    // When
    List<Duration> waits =
        IntStream.range(0, 500)
            .mapToObj(
                i -> new RequeuePolicy(INTERVALS, "uid-" + i, 0, NOW).after(outcome).orElseThrow())
            .toList();
    // Then: over two seconds, none of which has more than a quarter of them
    assertThat(waits)
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7)));
    assertThat(waits.stream().collect(Collectors.groupingBy(wait -> wait.toMillis() / 250)))
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy((_, together) -> assertThat(together).hasSizeLessThan(125));
  }

  @Test
  void searchesForAnOutcomeWhenItsWindowCloses() {
    // Given
    Outcome outcome = Outcome.until(NOW.plusSeconds(3), Reason.AWAITING_OUTCOME, "Message.");
    // When
    Optional<Duration> wait = new RequeuePolicy(INTERVALS, "uid", 9, NOW).after(outcome);
    // Then
    assertThat(wait).contains(Duration.ofSeconds(3));
  }

  /** Where no event tells of a rotation, each check reads the Secret. */
  @Test
  void reconcilesAtEveryResyncWithoutAWatchOnSecrets() {
    // Given
    ResyncIntervals unwatched = ResyncIntervals.withListings(Duration.ofMinutes(10), false);
    Outcome outcome = Outcome.of(Reason.AVAILABLE, "Message.");
    // When
    Optional<Duration> wait = new RequeuePolicy(unwatched, "uid", 0, NOW).after(outcome);
    // Then
    assertThat(wait.orElseThrow()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
  }

  @Test
  void spreadsResourcesOverTheWholeJitter() {
    // Given
    Outcome outcome = Outcome.of(Reason.SUSPENDED, "Message.");
    // When
    Set<Long> tenths =
        IntStream.range(0, 500)
            .mapToObj(
                i -> new RequeuePolicy(INTERVALS, "uid-" + i, 0, NOW).after(outcome).orElseThrow())
            .map(wait -> (wait.toMillis() - 540_000) / 12_000)
            .collect(Collectors.toSet());
    // Then
    assertThat(tenths).as("ten slices of the 2 minutes of jitter").hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void doesNotRequeueADeletedResource() {
    // Given
    Outcome outcome = Outcome.of(Reason.DELETED, "Message.");
    // When
    Optional<Duration> wait = new RequeuePolicy(INTERVALS, "uid", 0, NOW).after(outcome);
    // Then
    assertThat(wait).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AVAILABLE, true",
    "DISABLED, true",
    "UPDATING, false",
    "TIMED_OUT, false",
  })
  void onlyAConvergedOutcomeSaysWhenToAskNext(Reason reason, boolean says) {
    // Given
    Outcome outcome = Outcome.of(reason, "Message.");
    // When
    Optional<Duration> next = new RequeuePolicy(INTERVALS, "uid", 0, NOW).nextFullCheck(outcome);
    // Then
    assertThat(next.isPresent()).isEqualTo(says);
  }
}
