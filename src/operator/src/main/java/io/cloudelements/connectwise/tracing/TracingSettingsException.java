package io.cloudelements.connectwise.tracing;

/**
 * A variable of OpenTelemetry's own ({@code OTEL_…}) is wrong; the message says which, and no
 * value.
 */
public final class TracingSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TracingSettingsException(String message) {
    super(message);
  }
}
