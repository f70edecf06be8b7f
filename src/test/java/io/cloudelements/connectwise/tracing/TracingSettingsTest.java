package io.cloudelements.connectwise.tracing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudelements.connectwise.config.OperatorConfig;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingSettingsTest {
  /** As {@code OTEL_TRACES_SAMPLER}; the SDK reads properties and variables alike. */
  private static final String SAMPLER = "otel.traces.sampler";

  @AfterEach
  void forget() {
    System.clearProperty(SAMPLER);
  }

  /** A slip in a variable that is not ours must end the start as one in ours does. */
  @Test
  void aVariableThatTheSdkRefusesIsNamed() {
    // Given
    System.setProperty(SAMPLER, "sometimes");
    var settings = new OperatorConfig.Tracing(URI.create("http://127.0.0.1:1"), false);
    // When
    assertThatExceptionOfType(TracingSettingsException.class)
        .isThrownBy(() -> Tracing.of(Optional.of(settings), "1.0"))
        // Then
        .withMessageContaining("otel.traces.sampler")
        .withMessageContaining("sometimes");
  }
}
