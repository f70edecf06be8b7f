package io.cloudelements.connectwise.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Brings the first reconcile of a resource that was created while a deleted one of its name was
 * still being cleaned up.
 *
 * <p>JOSDK 5.2.3 keeps its state by namespace and name. When it reconciles on all events, a
 * creation that arrives before the clean-up of the deletion has ended is thrown away with the old
 * state, and the new resource would never be reconciled ({@code kubectl replace --force} is
 * enough). The only hook that runs after the state is gone, and under the same lock, is the metrics
 * interface.
 */
final class RecreatedResourceWorkaround implements Metrics {
  private final List<Controller<? extends HasMetadata>> controllers = new CopyOnWriteArrayList<>();

  @Override
  public void controllerRegistered(Controller<? extends HasMetadata> registered) {
    controllers.add(registered);
  }

  /** Of all kinds: an event too many costs a reconcile. */
  @Override
  public void cleanupDoneFor(ResourceID id, Map<String, Object> metadata) {
    controllers.forEach(controller -> revive(controller, id));
  }

  private static <P extends HasMetadata> void revive(Controller<P> controller, ResourceID id) {
    controller
        .getEventSourceManager()
        .getControllerEventSource()
        .get(id)
        .ifPresent(namesake ->
            controller
                .getEventProcessor()
                .handleEvent(new ResourceEvent(ResourceAction.ADDED, id, namesake)));
  }
}
