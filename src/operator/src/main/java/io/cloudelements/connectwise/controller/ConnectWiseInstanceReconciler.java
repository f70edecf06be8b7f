package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.Logging;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * The framework's side: what wakes a resource, whether a reconcile is due, and when to come back. A
 * failure that a reconcile foresees becomes the time of the next one. The framework retries after
 * any other exception, with the growing pauses that {@link InstanceController} configures.
 */
public final class ConnectWiseInstanceReconciler implements Reconciler<ConnectWiseInstance> {
  private final ReconcileLoop loop;
  private final SecretEvents secretEvents;
  private final DriftPoller drift;
  private final WakeEvents wakeEvents;

  public ConnectWiseInstanceReconciler(
      ReconcileLoop loop, SecretEvents secretEvents, DriftPoller drift, WakeEvents wakeEvents) {
    this.loop = loop;
    this.secretEvents = secretEvents;
    this.drift = drift;
    this.wakeEvents = wakeEvents;
  }

  @Override
  public List<EventSource<?, ConnectWiseInstance>> prepareEventSources(
      EventSourceContext<ConnectWiseInstance> context) {
    List<EventSource<?, ConnectWiseInstance>> sources =
        new ArrayList<>(secretEvents.sources(context));
    sources.add(drift);
    sources.add(wakeEvents);
    return sources;
  }

  @Override
  public UpdateControl<ConnectWiseInstance> reconcile(
      ConnectWiseInstance cached, Context<ConnectWiseInstance> context) {
    ResourceId id = SpecDefaults.id(cached);
    if (context.isPrimaryResourceDeleted()) {
      loop.forget(id);
      return UpdateControl.noUpdate();
    }
    try (var _ = MDC.putCloseable(Logging.NAMESPACE, id.namespace());
        var _ = MDC.putCloseable(Logging.NAME, id.name())) {
      return next(loop.reconcile(cached));
    }
  }

  /**
   * Without a time, only an event triggers a reconcile. The framework cannot wait less than a
   * millisecond.
   */
  private static UpdateControl<ConnectWiseInstance> next(Optional<Duration> wait) {
    UpdateControl<ConnectWiseInstance> done = UpdateControl.noUpdate();
    return wait.map(time -> done.rescheduleAfter(Math.max(1, time.toMillis()))).orElse(done);
  }
}
