package io.cloudelements.connectwise.tracing;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;

/** The current span, as the Prometheus client asks for it. */
final class CurrentSpan implements SpanContext {
  @Override
  public String getCurrentTraceId() {
    return Span.current().getSpanContext().getTraceId();
  }

  @Override
  public String getCurrentSpanId() {
    return Span.current().getSpanContext().getSpanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return Span.current().getSpanContext().isSampled();
  }

  /** For people who keep traces for their exemplars; nothing here decides by it. */
  @Override
  public void markCurrentSpanAsExemplar() {
    Span.current().setAttribute(SpanContext.EXEMPLAR_ATTRIBUTE_NAME, true);
  }
}
