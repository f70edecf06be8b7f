package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** The port to the cluster, every call of which the schedule sees. */
final class ObservedCluster implements ClusterWrites {
  private final ClusterWrites inner;
  private final Ports ports;
  private final ScheduledOperator caller;

  ObservedCluster(ClusterWrites inner, Ports ports, ScheduledOperator caller) {
    this.inner = inner;
    this.ports = ports;
    this.caller = caller;
  }

  @Override
  public String addFinalizer(ResourceRef resource) {
    return ports.call(caller, PortCall.ADD_FINALIZER, () -> "", () -> inner.addFinalizer(resource));
  }

  @Override
  public void removeFinalizer(ResourceRef resource) {
    ports.run(caller, PortCall.REMOVE_FINALIZER, () -> "", () -> inner.removeFinalizer(resource));
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    return ports.call(
        caller,
        PortCall.WRITE_STATUS,
        () -> Statuses.summary(status),
        () -> inner.writeStatus(resource, status));
  }

  @Override
  public void createSecret(Secret wanted) {
    ports.run(
        caller,
        PortCall.CREATE_SECRET,
        () -> wanted.getMetadata().getName(),
        () -> inner.createSecret(wanted));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    ports.run(
        caller,
        PortCall.REPLACE_SECRET,
        () -> repaired.getMetadata().getName(),
        () -> inner.replaceSecret(repaired));
  }

  @Override
  public void deleteSecret(Secret existing) {
    ports.run(
        caller,
        PortCall.DELETE_SECRET,
        () -> existing.getMetadata().getName(),
        () -> inner.deleteSecret(existing));
  }

  @Override
  public Optional<ConnectWiseInstance> latest(ResourceRef resource) {
    return inner.latest(resource);
  }

  @Override
  public Optional<Secret> latest(Secret secret) {
    return inner.latest(secret);
  }

  @Override
  public void publish(ResourceRef resource, EventRecord notice) {
    ports.run(caller, PortCall.PUBLISH, notice::reason, () -> inner.publish(resource, notice));
  }
}
