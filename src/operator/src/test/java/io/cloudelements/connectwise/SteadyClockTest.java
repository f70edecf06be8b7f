package io.cloudelements.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private long nanos = Long.MAX_VALUE - 1_000;

  /** {@link System#nanoTime} may overflow, and starts anywhere. */
  @Test
  void advancesByTheElapsedTime() {
    // Given
    SteadyClock clock = new SteadyClock(Instant.parse("2026-11-24T12:00:00Z"), () -> nanos);
    nanos += 42_000_000_000L;
    // When
    Instant now = clock.instant();
    // Then
    assertThat(now).isEqualTo("2026-11-24T12:00:42Z");
  }
}
