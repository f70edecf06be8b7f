package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A trace of each pass. The gathering has a span after the fact, since what an event brings is
 * often no news, and then there is no pass.
 */
record TracedReconciles(Tracer tracer) implements ReconcileObserver {

  @Override
  public Optional<ReconcileResult> observe(
      ReconcileInput input, Duration gathering, Supplier<Optional<ReconcileResult>> pass) {
    Instant now = Instant.now();
    Instant begun = now.minus(gathering);
    ObjectMeta metadata = input.resource().getMetadata();
    Span span =
        tracer
            .spanBuilder("pass")
            .setNoParent()
            .setStartTimestamp(begun)
            .setAttribute(Attributes.NAMESPACE, metadata.getNamespace())
            .setAttribute(Attributes.NAME, metadata.getName())
            .setAttribute(Attributes.UID, metadata.getUid())
            .setAttribute(Attributes.GENERATION, metadata.getGeneration())
            .startSpan();
    tracer
        .spanBuilder("gather")
        .setParent(Context.root().with(span))
        .setStartTimestamp(begun)
        .startSpan()
        .end(now);
    try (Scope _ = span.makeCurrent()) {
      Optional<ReconcileResult> result = pass.get();
      result.ifPresent(ended -> describe(span, ended));
      return result;
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(Attributes.ERROR_TYPE, Phases.errorType(e));
      throw e;
    } finally {
      span.end();
    }
  }

  private static void describe(Span span, ReconcileResult result) {
    span.setAttribute(Attributes.REASON, result.reason().map(Reason::label).orElse("Overtaken"));
    if (result.failed()) {
      span.setStatus(StatusCode.ERROR);
    }
  }
}
