package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnitTest {
  private static final Unit CALLS = new Unit.Counted("call", "calls");

  static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of(Unit.SECONDS, 3.03960335, "3.04 s"),
        Arguments.of(Unit.SECONDS, 168.7, "169 s"),
        Arguments.of(Unit.SECONDS, 0, "0 s"),
        Arguments.of(Unit.SECONDS, 3 * 0.1, "0.3 s"),
        Arguments.of(Unit.SECONDS, 999.6, "16.7 min"),
        Arguments.of(Unit.MEBIBYTES, 225.4, "225 MiB"),
        Arguments.of(Unit.MEBIBYTES, 1_024, "1 GiB"),
        Arguments.of(Unit.MEBIBYTES, 1_854, "1.81 GiB"),
        Arguments.of(Unit.PERCENT, 0.31496, "31.5 %"),
        Arguments.of(CALLS, 1, "1 call"),
        Arguments.of(CALLS, 500, "500 calls"),
        Arguments.of(CALLS, 999.6, "1k calls"),
        Arguments.of(CALLS, 10_227, "10.2k calls"),
        Arguments.of(CALLS, 1_234_567, "1.23M calls"),
        Arguments.of(new Unit.Rate("calls/s"), 0.40816, "0.408 calls/s"),
        Arguments.of(new Unit.Named(List.of("closed", "half-open", "open")), 2, "open"));
  }

  /**
   * A reader compares pictures at a glance: more digits are noise, and a bare number is a riddle.
   */
  @ParameterizedTest
  @MethodSource("labels")
  void labelsHaveAtMostThreeDigitsAndAUnit(Unit unit, double value, String expected) {
    // Given // When
    String label = unit.label(value);
    // Then
    assertThat(label).isEqualTo(expected);
  }
}
