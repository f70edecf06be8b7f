package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/** Brings a queued resource back when a permit is reserved for it. */
public final class QueueEvents extends SimpleInboundEventSource<ConnectWiseInstance> {
  public QueueEvents() {
    super("queue");
  }

  /** Before the start there is nobody to be called. */
  public void called(ResourceId resource) {
    propagateEvent(new ResourceID(resource.name(), resource.namespace()));
  }
}
