package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A time is read against the clock on the wall. */
class NextCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.4Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T10:00:01.4Z, in 1 s (2026-11-24T10:00:01Z)",
    "2026-11-24T10:01:59.4Z, in 119 s (2026-11-24T10:01:59Z)",
    "2026-11-24T10:04:30.4Z, in 4 min (2026-11-24T10:04:30Z)",
    "2026-11-24T11:59:00Z, in 118 min (2026-11-24T11:59:00Z)",
    "2026-11-24T12:00:01Z, in 2 h (2026-11-24T12:00:01Z)",
    "2026-11-26T10:00:01Z, in 48 h (2026-11-26T10:00:01Z)",
  })
  void saysHowFarAheadItIs(Instant at, String line) {
    // Given // When
    String shown = new NextCheck(at).line(NOW);
    // Then
    assertThat(shown).isEqualTo("next check: " + line);
  }

  /** The status is not written for a check that finds nothing new. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-24T10:00:00.4Z, 0 s ago (2026-11-24T10:00:00Z)",
    "2026-11-24T09:57:00Z, 3 min ago (2026-11-24T09:57:00Z)",
  })
  void aTimeThatHasPassedIsNotAhead(Instant at, String line) {
    // Given // When
    String shown = new NextCheck(at).line(NOW);
    // Then
    assertThat(shown)
        .isEqualTo(
            "next check: was due %s; it brought nothing new, or the operator does not run"
                .formatted(line));
  }
}
