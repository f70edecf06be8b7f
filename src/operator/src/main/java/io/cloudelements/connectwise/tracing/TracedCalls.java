package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.CallOutcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A span of each call to the service.
 *
 * @param propagated whether the call carries {@code traceparent}
 */
record TracedCalls(Tracer tracer, boolean propagated) implements CallObserver {

  @Override
  public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
    Span span =
        tracer
            .spanBuilder(begin.method() + " " + begin.route())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(Attributes.METHOD, begin.method())
            .setAttribute(Attributes.ROUTE, begin.route())
            .setAttribute(Attributes.HOST, begin.host())
            .setAttribute(Attributes.ACCOUNT, begin.account())
            .startSpan();
    try (Scope _ = span.makeCurrent()) {
      E end = call.apply(headers());
      describe(span, end);
      return end;
    } finally {
      span.end();
    }
  }

  private static void describe(Span span, CallEnd end) {
    end.status().ifPresent(status -> span.setAttribute(Attributes.STATUS, status.longValue()));
    end.requestId().ifPresent(id -> span.setAttribute(Attributes.REQUEST_ID, id));
    if (end.outcome() != CallOutcome.SUCCESS) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(Attributes.ERROR_TYPE, end.outcome().label());
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    if (propagated) {
      W3CTraceContextPropagator.getInstance()
          .inject(Context.current(), headers, (all, name, value) -> headers.put(name, value));
    }
    return headers;
  }
}
