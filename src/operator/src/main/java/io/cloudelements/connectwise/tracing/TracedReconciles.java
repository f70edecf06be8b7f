package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
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
 * A trace of each reconcile. The span of the gathering is made afterwards, since an event often
 * changes nothing, and then there is no reconcile.
 */
record TracedReconciles(Tracer tracer) implements ReconcileObserver {

  @Override
  public Optional<ReconcileEnd> observe(
      ReconcileInput input, Duration gathering, Supplier<Optional<ReconcileEnd>> reconcile) {
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
      Optional<ReconcileEnd> end = reconcile.get();
      end.ifPresent(known -> describe(span, known));
      return end;
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(Attributes.ERROR_TYPE, Phases.errorType(e));
      throw e;
    } finally {
      span.end();
    }
  }

  private static void describe(Span span, ReconcileEnd end) {
    switch (end) {
      case ReconcileEnd.Queued _ -> span.setAttribute(Attributes.REASON, "Queued");
      case ReconcileResult result -> {
        span.setAttribute(
            Attributes.REASON, result.reason().map(Reason::label).orElse("Overtaken"));
        if (result.failed()) {
          span.setStatus(StatusCode.ERROR);
        }
      }
    }
  }
}
