package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MassThresholdTest {
  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "5, 5,   false, as many as the limit may go by deletions",
    "6, 6,   true,  all of a small account are more than both bounds",
    "6, 29,  true,  more than a fifth",
    "6, 30,  false, a fifth of a larger account may go by deletions",
    "0, 0,   false, nothing is missing from an empty account"
  })
  void suspectsMoreThanTheLimitAndAFifth(long differing, long all, boolean likely, String why) {
    // Given
    MassThreshold rule = new MassThreshold(5);
    // When
    boolean suspected = rule.isExceeded(differing, all);
    // Then
    assertThat(suspected).as(why).isEqualTo(likely);
  }
}
