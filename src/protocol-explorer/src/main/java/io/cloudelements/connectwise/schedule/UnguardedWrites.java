package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ResourceRef;

/** Writes finalizer and status over every version. */
final class UnguardedWrites extends ForwardingCluster {
  private final World world;

  UnguardedWrites(ClusterWrites inner, World world) {
    super(inner);
    this.world = world;
  }

  @Override
  public String addFinalizer(ResourceRef resource) {
    return inner.addFinalizer(newest(resource));
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    return inner.writeStatus(newest(resource), status);
  }

  private ResourceRef newest(ResourceRef read) {
    return world
        .cluster()
        .resource()
        .map(now -> new ResourceRef(read.id(), read.uid(), now.getMetadata().getResourceVersion()))
        .orElse(read);
  }
}
