package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times that a restart neither bunches nor puts off. */
class JitteredScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration PERIOD = Duration.ofHours(2);

  /** An operator that restarts every half hour must still check everything. */
  @Test
  void slotsDoNotDependOnTheTimeOfTheQuestion() {
    // Given
    JitteredSchedule slots = new JitteredSchedule("uid", PERIOD);
    Instant slot = slots.after(NOW);
    // When
    Instant asked = slots.after(slot.minusMillis(1));
    // Then
    assertThat(asked).isEqualTo(slot);
  }

  @Test
  void slotsAreAPeriodApartWithinATenth() {
    // Given
    JitteredSchedule slots = new JitteredSchedule("uid", PERIOD);
    // When
    Set<Duration> gaps =
        IntStream.range(0, 100)
            .mapToObj(i -> slots.after(NOW.plus(PERIOD.multipliedBy(i))))
            .map(slot -> Duration.between(slot, slots.after(slot)))
            .collect(Collectors.toSet());
    // Then
    assertThat(gaps)
        .hasSizeGreaterThan(10)
        .allSatisfy(gap ->
            assertThat(gap)
                .isBetween(
                    PERIOD.multipliedBy(9).dividedBy(10), PERIOD.multipliedBy(11).dividedBy(10)));
  }

  /** 10,000 full checks at once would be the burst that listings avoid. */
  @Test
  void subjectsSpreadEvenlyOverThePeriod() {
    // Given: UIDs as the API server makes them
    int subjects = 10_000;
    // When
    var perMinute =
        IntStream.range(0, subjects)
            .mapToObj(i -> new java.util.UUID(i * 0x9E3779B97F4A7C15L, ~(long) i * 31).toString())
            .map(uid ->
                Duration.between(NOW, new JitteredSchedule(uid, PERIOD).after(NOW)).toMinutes())
            .collect(Collectors.groupingBy(minute -> minute, Collectors.counting()));
    // Then: 83 a minute on average, fewer at the end, where lateness ends
    assertThat(perMinute.values()).allMatch(count -> count < 130);
    assertThat(perMinute).hasSizeGreaterThan(115);
  }

  /** A timer that fires a little early must not bring the same look twice. */
  @Test
  void anEarlyTimerDoesNotRepeatASlot() {
    // Given
    JitteredSchedule slots = new JitteredSchedule("uid", PERIOD);
    Instant early = slots.after(NOW).minusMillis(15);
    // When
    Duration wait = Duration.between(early, slots.afterDoneAt(early));
    // Then
    assertThat(wait).isGreaterThan(PERIOD.dividedBy(2));
  }

  /** A slot that were left out would be a check that is never made. */
  @Test
  void noSlotIsLeftOut() {
    // Given
    List<JitteredSchedule> subjects =
        IntStream.range(0, 50).mapToObj(i -> new JitteredSchedule("uid-" + i, PERIOD)).toList();
    // Then
    assertThat(subjects)
        .allSatisfy(slots -> {
          Instant slot = slots.after(NOW);
          assertThat(slots.after(slot.minusMillis(1))).isEqualTo(slot);
        });
  }

  @Test
  void aSlotIsUpToATenthOfAPeriodLate() {
    // Given
    List<String> subjects = IntStream.range(0, 50).mapToObj(i -> "uid-" + i).toList();
    // When
    List<Duration> late =
        subjects.stream()
            .map(subject ->
                Duration.ofMillis(
                    Math.floorMod(
                        new JitteredSchedule(subject, PERIOD).after(NOW).toEpochMilli()
                            - Jitter.upTo(PERIOD, subject).toMillis(),
                        PERIOD.toMillis())))
            .toList();
    // Then
    assertThat(late).allSatisfy(by -> assertThat(by).isLessThanOrEqualTo(PERIOD.dividedBy(10)));
    assertThat(late).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0} ms before the middle")
  @CsvSource({"0, true", "1, true", "-1, false"})
  void aSlotIsSkippedThatComesWithinHalfAPeriod(long before, boolean kept) {
    // Given
    JitteredSchedule slots = new JitteredSchedule("uid", PERIOD);
    Instant slot = slots.after(NOW);
    Instant done = slot.minus(PERIOD.dividedBy(2)).minusMillis(before);
    assertThat(slots.after(done)).as("it is the next one").isEqualTo(slot);
    // When
    Instant next = slots.afterDoneAt(done);
    // Then
    assertThat(next).isEqualTo(kept ? slot : slots.after(slot));
  }
}
