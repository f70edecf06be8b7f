package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  /** The expected values were taken from the grammar of Go's {@code time.ParseDuration}. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "0,            PT0S",
    "0s,           PT0S",
    "90s,          PT1M30S",
    "10m,          PT10M",
    "1h30m,        PT1H30M",
    "1.5h,         PT1H30M",
    "1.h,          PT1H",
    ".5s,          PT0.5S",
    "300ms,        PT0.3S",
    "7us,          PT0.000007S",
    "7µs,          PT0.000007S",
    "7μs,          PT0.000007S",
    "7ns,          PT0.000000007S",
    "0.9ns,        PT0S",
    "1m1m,         PT2M",
    "2562047h47m16.854775807s, PT2562047H47M16.854775807S",
  })
  void parsesDurationsOfGo(String text, Duration expected) {
    // When
    Optional<Duration> parsed = GoDuration.parse(text);

    // Then
    assertThat(parsed).contains(expected);
  }

  /** As long as a text may be, and one character more. */
  @Test
  void parsesAtMost64Characters() {
    // Given
    String longest = "0".repeat(62) + "7s";

    // When
    Optional<Duration> parsed = GoDuration.parse(longest);

    // Then
    assertThat(parsed).contains(Duration.ofSeconds(7));
    assertThat(GoDuration.parse("0" + longest)).isEmpty();
  }

  /**
   * A misread interval is a service under fire or a resource never looked at: refuse, not guess.
   */
  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "",
        " ",
        "10",
        "00",
        "10 m",
        " 10m",
        "10m ",
        "10M",
        "1d",
        "1w",
        "m",
        ".s",
        "-5s",
        "+5s",
        "1h30",
        "1,5h",
        "1e3s",
        "PT10M",
        "٣s",
        "2562047h47m16.854775808s",
        "9999999999999999999h",
        "0000000000000000000000000000000000000000000000000000000000000001s",
      })
  void refusesInvalidDurations(String text) {
    // When
    Optional<Duration> parsed = GoDuration.parse(text);

    // Then
    assertThat(parsed).isEmpty();
  }

  /** The settings table prints defaults and limits: people copy them back. */
  @ParameterizedTest(name = "{0} prints as {1}")
  @CsvSource({
    "PT0S,               0s",
    "PT1M30S,            1m30s",
    "PT10M,              10m",
    "PT1H30M,            1h30m",
    "PT24H,              24h",
    "PT1H0M1S,           1h1s",
    "PT0.25S,            0.25s",
    "PT0.000000007S,     0.000000007s",
    "PT1M0.5S,           1m0.5s",
    "PT10S,              10s",
  })
  void printsAParsableText(Duration duration, String expected) {
    // When
    String printed = GoDuration.print(duration);

    // Then
    assertThat(printed).isEqualTo(expected);
    assertThat(GoDuration.parse(printed)).contains(duration);
  }

  /** A text that cannot be read back must fail. */
  @Test
  void refusesToPrintANegativeDuration() {
    assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.print(Duration.ofSeconds(-1)));
  }
}
