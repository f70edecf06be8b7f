package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.cloudelements.CallOutcome;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;

/** Spans of the phases of a reconcile. */
record Phases(Tracer tracer) {
  /** The phase of a step, as {@code docs/design.md} names them. */
  enum Phase {
    OBSERVE,
    ACT,
    RECORD,
    DELIVER,
    REPORT
  }

  void run(Phase phase, String step, Runnable work) {
    in(
        phase,
        step,
        () -> {
          work.run();
          return step;
        });
  }

  private Span start(Phase phase, String step) {
    return tracer
        .spanBuilder(phase.name().toLowerCase(java.util.Locale.ROOT))
        .setAttribute(Attributes.STEP, step)
        .startSpan();
  }

  <T> T in(Phase phase, String step, Supplier<T> work) {
    Span span = start(phase, step);
    try (Scope _ = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(Attributes.ERROR_TYPE, errorType(e));
      throw e;
    } finally {
      span.end();
    }
  }

  /** The kind alone: texts of exceptions belong to the log. */
  static String errorType(RuntimeException e) {
    return switch (e) {
      case InstancesApiException failed -> CallOutcome.of(failed.failure()).label();
      case ClusterConflict _ -> "conflict";
      default -> e.getClass().getName();
    };
  }
}
