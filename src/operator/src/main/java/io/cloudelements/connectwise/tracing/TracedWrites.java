package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.cloudelements.connectwise.tracing.Phases.Phase;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** The phases "record", "deliver" and "report". A status that records an intent reports it too. */
record TracedWrites(ClusterWrites inner, Phases phases) implements ClusterWrites {

  @Override
  public String addFinalizer(ResourceRef resource) {
    return phases.in(Phase.RECORD, "add finalizer", () -> inner.addFinalizer(resource));
  }

  @Override
  public void removeFinalizer(ResourceRef resource) {
    phases.run(Phase.REPORT, "remove finalizer", () -> inner.removeFinalizer(resource));
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    return phases.in(Phase.REPORT, "status", () -> inner.writeStatus(resource, status));
  }

  @Override
  public void createSecret(Secret wanted) {
    phases.run(Phase.DELIVER, "create Secret", () -> inner.createSecret(wanted));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    phases.run(Phase.DELIVER, "replace Secret", () -> inner.replaceSecret(repaired));
  }

  @Override
  public void deleteSecret(Secret existing) {
    phases.run(Phase.DELIVER, "delete Secret", () -> inner.deleteSecret(existing));
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
  public void publish(ResourceRef resource, EventRecord event) {
    phases.run(Phase.REPORT, "event", () -> inner.publish(resource, event));
  }
}
