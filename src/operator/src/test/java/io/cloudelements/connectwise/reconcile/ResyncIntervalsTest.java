package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a resource is checked, and how soon after a start. */
class ResyncIntervalsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ResyncIntervals INTERVALS =
      ResyncIntervals.withListings(Duration.ofMinutes(10), true);

  @ParameterizedTest
  @CsvSource({"PT10M, PT2H", "PT2H, PT24H", "PT3H, PT24H", "PT48H, PT48H"})
  void aFullCheckIsDueAfterTwelveListingsOrADay(Duration resync, Duration fullCheck) {
    // When
    ResyncIntervals intervals = ResyncIntervals.withListings(resync, true);
    // Then
    assertThat(intervals.fullCheck()).isEqualTo(fullCheck);
    assertThat(intervals.resync()).isEqualTo(resync);
  }

  @Test
  void aResourceThatIsNotReadyGetsAFullCheckAtEveryResync() {
    // When
    ResyncIntervals rejected = INTERVALS.after(Reason.NOT_ACCEPTED);
    // Then
    assertThat(rejected.fullCheck()).isEqualTo(INTERVALS.resync());
    assertThat(INTERVALS.after(Reason.AVAILABLE)).isEqualTo(INTERVALS);
  }

  /** After a start what has changed goes first. */
  @Test
  void noFullCheckIsDueInTheFirstMinuteAfterAStart() {
    // When
    List<Duration> waits =
        IntStream.range(0, 5_000).mapToObj(i -> INTERVALS.afterStart("uid-" + i, NOW)).toList();
    // Then
    assertThat(waits)
        .allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMinutes(1)))
        .anySatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMinutes(2)))
        .allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMinutes(133)));
  }

  @ParameterizedTest(name = "due {0} ms after the start: after {1} ms")
  @CsvSource({"59999, 119999", "60000, 60000", "60001, 60001"})
  void aFullCheckThatIsDueLaterKeepsItsTime(long due, long wait) {
    // Given
    Instant slot = new JitteredSchedule("uid", INTERVALS.fullCheck()).after(NOW);
    // When
    Duration after = INTERVALS.afterStart("uid", slot.minusMillis(due));
    // Then
    assertThat(after).isEqualTo(Duration.ofMillis(wait));
  }
}
