package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Publishes an event for each resource that is queued. */
record AnnouncingPermits(CallPermits port, ClusterWrites cluster, World world)
    implements CallPermits {
  @Override
  public <T> Optional<T> withPermit(
      AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
    Optional<T> run = port.withPermit(account, resource, priority, reconcile);
    if (run.isEmpty()) {
      world
          .cluster()
          .resource()
          .ifPresent(now ->
              cluster.publish(
                  new ResourceRef(
                      resource, now.getMetadata().getUid(), now.getMetadata().getResourceVersion()),
                  new EventRecord(false, "Queued", "Queued.")));
    }
    return run;
  }

  @Override
  public Optional<Duration> waited(ResourceId resource) {
    return port.waited(resource);
  }

  @Override
  public void withdraw(ResourceId resource) {
    port.withdraw(resource);
  }
}
