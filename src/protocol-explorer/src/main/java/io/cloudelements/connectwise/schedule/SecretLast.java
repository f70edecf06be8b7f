package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;

/** Holds writes of Secrets back until a status is written. */
final class SecretLast extends ForwardingCluster {
  private final List<Runnable> held = new ArrayList<>();

  SecretLast(ClusterWrites inner) {
    super(inner);
  }

  @Override
  public void createSecret(Secret wanted) {
    held.add(() -> inner.createSecret(wanted));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    held.add(() -> inner.replaceSecret(repaired));
  }

  @Override
  public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
    String version = inner.writeStatus(resource, status);
    List<Runnable> now = List.copyOf(held);
    held.clear();
    now.forEach(Runnable::run);
    return version;
  }
}
