package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.PassObserver;
import io.cloudelements.connectwise.reconcile.PassResult;
import io.cloudelements.connectwise.reconcile.Snapshot;
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
record TracedPasses(Tracer tracer) implements PassObserver {

  @Override
  public Optional<PassResult> observe(
      Snapshot snapshot, Duration gathering, Supplier<Optional<PassResult>> pass) {
    Instant now = Instant.now();
    Instant begun = now.minus(gathering);
    ObjectMeta metadata = snapshot.resource().getMetadata();
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
      Optional<PassResult> result = pass.get();
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

  private static void describe(Span span, PassResult result) {
    span.setAttribute(Attributes.REASON, result.reason().map(Reason::label).orElse("Overtaken"));
    if (result.failed()) {
      span.setStatus(StatusCode.ERROR);
    }
  }
}
