package io.cloudelements.connectwise.ratelimit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {

  @Test
  void oneOfEachAndNoWaitIsTheLeast() {
    // When / Then
    assertThatNoException().isThrownBy(() -> new QueueSettings(1, 1, 1, Duration.ZERO));
  }

  /** With none, an account would never be called; with no failure, it would be paused for ever. */
  @ParameterizedTest
  @CsvSource({"0, 1, 1, PT0S", "1, 0, 1, PT0S", "1, 1, 0, PT0S", "1, 1, 1, PT-0.001S"})
  void lessIsRefused(int concurrent, int connections, int failures, Duration wait) {
    // When / Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QueueSettings(concurrent, connections, failures, wait));
  }
}
