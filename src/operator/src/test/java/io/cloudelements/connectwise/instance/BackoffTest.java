package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  /** An overflow of the factor would cause immediate retries after hours of failures. */
  @ParameterizedTest
  @CsvSource({
    "0,          PT2S",
    "1,          PT4S",
    "7,          PT4M16S",
    "8,          PT5M",
    "64,         PT5M",
    "2147483647, PT5M"
  })
  void doublesUpToTheMaximum(int failures, Duration expected) {
    // Given
    Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    // When
    Duration pause = backoff.after(failures);
    // Then
    assertThat(pause).isEqualTo(expected);
  }
}
