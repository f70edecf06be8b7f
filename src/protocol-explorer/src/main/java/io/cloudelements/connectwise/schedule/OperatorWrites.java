package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An operator's writes to the cluster in memory, with the guards of the API server. */
final class OperatorWrites implements ClusterWrites {
  private final Cluster cluster;
  private final Consumer<Step> steps;

  OperatorWrites(Cluster cluster, Consumer<Step> steps) {
    this.cluster = cluster;
    this.steps = steps;
  }

  @Override
  public String addFinalizer(ResourceRef ref) {
    ConnectWiseInstance before = guarded(ref);
    if (before.getMetadata().getFinalizers().contains(FINALIZER)) {
      return before.getMetadata().getResourceVersion();
    }
    if (before.getMetadata().getDeletionTimestamp() != null) {
      throw new ClusterConflict("no finalizer can be added during deletion");
    }
    return put(before, Cluster.meta(before, m -> m.addToFinalizers(FINALIZER)), before.getStatus());
  }

  @Override
  public void removeFinalizer(ResourceRef ref) {
    ConnectWiseInstance before = guarded(ref);
    put(before, Cluster.meta(before, m -> m.removeFromFinalizers(FINALIZER)), before.getStatus());
    steps.accept(new Step.FinalizerRemoved(before));
    cluster.removeIfReleased(false);
  }

  @Override
  public String writeStatus(ResourceRef ref, ConnectWiseInstanceStatus status) {
    ConnectWiseInstance before = guarded(ref);
    if (status.equals(before.getStatus())) {
      return before.getMetadata().getResourceVersion();
    }
    ObjectMeta meta = Cluster.meta(before, m -> m);
    String version = put(before, meta, status);
    steps.accept(new Step.StatusWritten(Optional.ofNullable(before.getStatus()), status));
    return version;
  }

  @Override
  public void createSecret(Secret wanted) {
    String name = wanted.getMetadata().getName();
    if (cluster.secret(name).isPresent()) {
      throw new ClusterConflict("Secret exists");
    }
    cluster.putSecret(
        new SecretBuilder(wanted).editMetadata().withUid(cluster.uid()).endMetadata().build(),
        false);
    steps.accept(new Step.SecretWritten(name));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    guarded(repaired);
    if (!cluster.secret(repaired.getMetadata().getName()).equals(Optional.of(repaired))) {
      cluster.putSecret(repaired, false);
    }
    steps.accept(new Step.SecretWritten(repaired.getMetadata().getName()));
  }

  @Override
  public void deleteSecret(Secret existing) {
    guarded(existing);
    cluster.removeSecret(existing.getMetadata().getName(), false);
    steps.accept(new Step.SecretWritten(existing.getMetadata().getName()));
  }

  @Override
  public Optional<ConnectWiseInstance> latest(ResourceRef ref) {
    return cluster.resource().filter(now -> now.getMetadata().getUid().equals(ref.uid()));
  }

  @Override
  public Optional<Secret> latest(Secret secret) {
    return cluster.secret(secret.getMetadata().getName());
  }

  @Override
  public void publish(ResourceRef ref, EventRecord event) {
    steps.accept(new Step.TextsShown(List.of(event.reason(), event.message())));
  }

  private ConnectWiseInstance guarded(ResourceRef ref) {
    return cluster
        .resource()
        .filter(now -> now.getMetadata().getUid().equals(ref.uid()))
        .filter(now -> now.getMetadata().getResourceVersion().equals(ref.version()))
        .orElseThrow(() -> new ClusterConflict("the resource changed"));
  }

  private void guarded(Secret read) {
    boolean unchanged =
        cluster
            .secret(read.getMetadata().getName())
            .map(now -> now.getMetadata().getResourceVersion())
            .equals(Optional.of(read.getMetadata().getResourceVersion()));
    if (!unchanged) {
      throw new ClusterConflict("the Secret changed");
    }
  }

  private String put(
      ConnectWiseInstance before, ObjectMeta meta, ConnectWiseInstanceStatus status) {
    ConnectWiseInstance after = Cluster.object(meta, before.getSpec(), status);
    cluster.put(after, false);
    return after.getMetadata().getResourceVersion();
  }
}
