package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/**
 * Brings a resource back: one for which a permit is reserved in a queue, or one whose service has
 * recovered.
 */
public final class WakeEvents extends SimpleInboundEventSource<ConnectWiseInstance> {
  public WakeEvents() {
    super("wake");
  }

  /** Does nothing before the start. */
  public void wake(ResourceId resource) {
    propagateEvent(new ResourceID(resource.name(), resource.namespace()));
  }
}
