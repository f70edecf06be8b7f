package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.function.Supplier;

/** The port to the cluster, every call of which the schedule sees. */
final class ObservedCluster extends ForwardingCluster {
  private final Ports ports;
  private final ScheduledOperator caller;

  ObservedCluster(ClusterWrites inner, Ports ports, ScheduledOperator caller) {
    super(inner);
    this.ports = ports;
    this.caller = caller;
  }

  @Override
  public String addFinalizer(ResourceRef resource) {
    return resourceWritten(
        resource, PortCall.ADD_FINALIZER, () -> "", () -> inner.addFinalizer(resource));
  }

  @Override
  public void removeFinalizer(ResourceRef resource) {
    run(PortCall.REMOVE_FINALIZER, () -> "", () -> inner.removeFinalizer(resource));
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    return resourceWritten(
        resource,
        PortCall.WRITE_STATUS,
        () -> Statuses.summary(status),
        () -> inner.writeStatus(resource, status));
  }

  @Override
  public void createSecret(Secret wanted) {
    writeSecret(wanted, PortCall.CREATE_SECRET, () -> inner.createSecret(wanted));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    writeSecret(repaired, PortCall.REPLACE_SECRET, () -> inner.replaceSecret(repaired));
  }

  @Override
  public void deleteSecret(Secret existing) {
    run(
        PortCall.DELETE_SECRET,
        () -> existing.getMetadata().getName(),
        () -> inner.deleteSecret(existing));
  }

  private String resourceWritten(
      ResourceRef ref, PortCall call, Supplier<String> detail, Supplier<String> effect) {
    String version = ports.call(caller, call, detail, () -> caller.writing(effect));
    caller.resourceWritten(ref, version);
    return version;
  }

  private void writeSecret(Secret about, PortCall call, Runnable effect) {
    String name = about.getMetadata().getName();
    caller.writeSecret(about, write -> ports.call(caller, call, () -> name, write), effect);
  }

  private void run(PortCall call, Supplier<String> detail, Runnable effect) {
    ports.call(
        caller,
        call,
        detail,
        () ->
            caller.writing(() -> {
              effect.run();
              return true;
            }));
  }

  @Override
  public void publish(ResourceRef resource, EventRecord notice) {
    ports.run(caller, PortCall.PUBLISH, notice::reason, () -> inner.publish(resource, notice));
  }
}
