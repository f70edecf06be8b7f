package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** A port to the cluster that does as another one does; variants change a part of it. */
class ForwardingCluster implements ClusterWrites {
  final ClusterWrites inner;

  ForwardingCluster(ClusterWrites inner) {
    this.inner = inner;
  }

  @Override
  public String addFinalizer(ResourceRef resource) {
    return inner.addFinalizer(resource);
  }

  @Override
  public void removeFinalizer(ResourceRef resource) {
    inner.removeFinalizer(resource);
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    return inner.writeStatus(resource, status);
  }

  @Override
  public void createSecret(Secret wanted) {
    inner.createSecret(wanted);
  }

  @Override
  public void replaceSecret(Secret repaired) {
    inner.replaceSecret(repaired);
  }

  @Override
  public void deleteSecret(Secret existing) {
    inner.deleteSecret(existing);
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
    inner.publish(resource, event);
  }
}
