package io.cloudelements.connectwise.tracing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudelements.connectwise.config.OperatorConfig;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingSettingsTest {
  private static final OperatorConfig.TraceExport SETTINGS =
      new OperatorConfig.TraceExport(URI.create("http://127.0.0.1:1"), false);

  /** As {@code OTEL_TRACES_SAMPLER}; the SDK reads properties and variables alike. */
  private static final String SAMPLER = "otel.traces.sampler";

  private static final String HEADERS = "otel.exporter.otlp.headers";
  private static final String PROTOCOL = "otel.exporter.otlp.protocol";

  @AfterEach
  void forget() {
    System.clearProperty(SAMPLER);
    System.clearProperty(HEADERS);
    System.clearProperty(PROTOCOL);
  }

  /** Headers authorise at many receivers: an SDK that quoted them would show a secret. */
  @Test
  void doesNotShowAnInvalidHeader() {
    // Given
    System.setProperty(HEADERS, "canary");
    // When
    assertThatExceptionOfType(TracingSettingsException.class)
        .isThrownBy(() -> Tracing.of(Optional.of(SETTINGS), "1.0"))
        // Then
        .withMessageContaining(HEADERS)
        .withMessageNotContaining("canary")
        .withNoCause();
  }

  /** The message must say that gRPC is not supported. */
  @Test
  void reportsAnUnsupportedProtocol() {
    // Given
    System.setProperty(PROTOCOL, "grpc");
    // When
    assertThatExceptionOfType(TracingSettingsException.class)
        .isThrownBy(() -> Tracing.of(Optional.of(SETTINGS), "1.0"))
        // Then
        .withMessageContaining("Grpc");
  }

  /** An invalid OTEL variable must end the start as an invalid setting does. */
  @Test
  void namesAVariableThatTheSdkRefuses() {
    // Given
    System.setProperty(SAMPLER, "sometimes");
    // When
    assertThatExceptionOfType(TracingSettingsException.class)
        .isThrownBy(() -> Tracing.of(Optional.of(SETTINGS), "1.0"))
        // Then
        .withMessageContaining("otel.traces.sampler")
        .withMessageContaining("sometimes");
  }
}
