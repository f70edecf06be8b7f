package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JitterTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Names often differ in one digit only: attempts, replicas, test resources. */
  @Test
  void similarNamesSpreadOverTheWholeDuration() {
    // Given // When
    List<Duration> parts =
        IntStream.range(0, 600).mapToObj(i -> Jitter.upTo(MINUTE, "uid-" + i)).toList();
    // Then: ten slices, each with a tenth on average
    assertThat(parts).allMatch(part -> part.compareTo(MINUTE) < 0);
    for (int slice = 0; slice < 10; slice++) {
      int tenth = slice;
      assertThat(parts).filteredOn(part -> part.toSeconds() / 6 == tenth).hasSizeBetween(20, 140);
    }
  }

  @Test
  void sameNameGetsTheSameDelay() {
    // Given
    Duration first = Jitter.upTo(MINUTE, "uid");
    // When
    Duration again = Jitter.upTo(MINUTE, "uid");
    // Then
    assertThat(again).isEqualTo(first);
  }

  @Test
  void zeroDurationHasNoJitter() {
    // Given // When
    Duration part = Jitter.upTo(Duration.ZERO, "uid");
    // Then
    assertThat(part).isZero();
  }

  @Test
  void aroundVariesByATenth() {
    // Given // When
    List<Duration> all =
        IntStream.range(0, 600).mapToObj(i -> Jitter.around(MINUTE, "uid-" + i)).toList();
    // Then
    assertThat(all)
        .allSatisfy(
            each -> assertThat(each).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66)))
        .anyMatch(each -> each.compareTo(Duration.ofSeconds(57)) < 0)
        .anyMatch(each -> each.compareTo(Duration.ofSeconds(63)) > 0);
  }
}
