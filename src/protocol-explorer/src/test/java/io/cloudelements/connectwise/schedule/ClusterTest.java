package io.cloudelements.connectwise.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cluster in memory has the guards of an API server, or the schedules prove nothing. */
class ClusterTest {
  private final List<Step> steps = new ArrayList<>();
  private final Cluster cluster = new Cluster();
  private final ClusterWrites operator = new OperatorWrites(cluster, steps::add);

  @BeforeEach
  void aResource() {
    cluster.create(new SpecDraft());
  }

  /** The guard by resource version stops a second replica. */
  @Test
  void aWriteWithAnOldVersionIsAConflict() {
    // Given
    ResourceRef old = ref();
    operator.addFinalizer(old);
    // When
    Runnable write = () -> operator.writeStatus(old, status("Pending"));
    // Then
    assertThatThrownBy(write::run).isInstanceOf(ClusterConflict.class);
  }

  /** Otherwise every drift check would be a write. */
  @Test
  void anEqualStatusKeepsTheVersion() {
    // Given
    String version = operator.writeStatus(ref(), status("Pending"));
    // When
    String again = operator.writeStatus(ref(), status("Pending"));
    // Then
    assertThat(again).isEqualTo(version);
    assertThat(steps).hasSize(1);
  }

  /** A namesake must not be taken for the resource that was read. */
  @Test
  void aWriteWithTheUidOfARecreatedResourceIsAConflict() {
    // Given
    ResourceRef old = ref();
    cluster.delete();
    cluster.create(new SpecDraft());
    ResourceRef forged = new ResourceRef(old.id(), old.uid(), ref().version());
    // When
    Runnable write = () -> operator.addFinalizer(forged);
    // Then
    assertThatThrownBy(write::run).isInstanceOf(ClusterConflict.class);
  }

  /** The finalizer is why a deletion cannot go unnoticed. */
  @Test
  void aFinalizerHoldsADeletionUntilItIsRemoved() {
    // Given
    operator.addFinalizer(ref());
    cluster.delete();
    ConnectWiseInstance held = cluster.resource().orElseThrow();
    // When
    operator.removeFinalizer(ref());
    // Then
    assertThat(held.getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(cluster.resource()).isEmpty();
  }

  /** The token Secret goes with its resource. */
  @Test
  void deletesTheSecretsOfADeletedResource() {
    // Given
    operator.createSecret(ownedBy(ref().uid()));
    // When
    cluster.delete();
    // Then
    assertThat(cluster.secret("token")).isEmpty();
  }

  /** Only the spec has generations. */
  @Test
  void aStatusWriteKeepsTheGeneration() {
    // Given
    long before = generation();
    // When
    operator.writeStatus(ref(), status("Pending"));
    // Then
    assertThat(generation()).isEqualTo(before);
    cluster.edit(spec -> spec.name = "Other");
    assertThat(generation()).isEqualTo(before + 1);
  }

  /** Stale views are made of earlier versions, and never go back behind what was shown. */
  @Test
  void aCacheMayLagButNotGoBack() {
    // Given
    operator.addFinalizer(ref());
    operator.writeStatus(ref(), status("Pending"));
    long latest = cluster.resourceHistory().latest().revision();
    // When
    History.Version<ConnectWiseInstance> behind = cluster.resourceHistory().behind(1, 0);
    // Then
    assertThat(behind.object().orElseThrow().getStatus()).isNull();
    assertThat(cluster.resourceHistory().behind(1, latest).revision()).isEqualTo(latest);
  }

  private ResourceRef ref() {
    var meta = cluster.resource().orElseThrow().getMetadata();
    return new ResourceRef(
        new ResourceId(meta.getNamespace(), meta.getName()),
        meta.getUid(),
        meta.getResourceVersion());
  }

  private long generation() {
    return cluster.resource().orElseThrow().getMetadata().getGeneration();
  }

  private static Secret ownedBy(String uid) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("token")
        .addNewOwnerReference()
        .withUid(uid)
        .endOwnerReference()
        .endMetadata()
        .withData(Map.of())
        .build();
  }

  private static ConnectWiseInstanceStatus status(String state) {
    return new ConnectWiseInstanceStatus(
        1L, state, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, List.of());
  }
}
