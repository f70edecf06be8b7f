package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataOnlyTest {
  /** A watch that does not understand that it is too old asks the same again for ever. */
  @Test
  void parsesAnExpiredWatch() {
    // Given
    String expired =
        """
        {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "metadata": {},
         "status": "Failure", "message": "too old resource version: 220 (308)",
         "reason": "Expired", "code": 410}}\
        """;
    // When
    WatchEvent event = MetadataOnly.serialization().unmarshal(expired, WatchEvent.class);
    // Then
    assertThat(event.getObject()).isInstanceOf(Status.class).extracting("code").isEqualTo(410);
  }

  /** Users who may write Secrets in any namespace could otherwise fill this process's memory. */
  @Test
  void dropsUnusedMetadata() {
    // Given
    String added =
        """
        {"type": "ADDED", "object": {"kind": "PartialObjectMetadata",
         "apiVersion": "meta.k8s.io/v1", "metadata": {"name": "acme", "resourceVersion": "7",
         "labels": {"team": "a"}, "finalizers": ["example.com/x"],
         "annotations": {
           "kubectl.kubernetes.io/last-applied-configuration": "{\\"stringData\\": {}}",
           "cloudelements.io/confirm-deletion": "true"},
         "ownerReferences": [
           {"apiVersion": "cloudelements.io/v1", "kind": "ConnectWiseInstance", "name": "other",
            "uid": "uid-2"},
           {"apiVersion": "cloudelements.io/v1", "kind": "ConnectWiseInstance", "name": "acme",
            "uid": "uid-1", "controller": true}]}}}\
        """;
    // When
    WatchEvent event = MetadataOnly.serialization().unmarshal(added, WatchEvent.class);
    // Then
    ObjectMeta metadata = ((GenericKubernetesResource) event.getObject()).getMetadata();
    assertThat(metadata.getAnnotations())
        .containsExactly(Map.entry("cloudelements.io/confirm-deletion", "true"));
    assertThat(metadata.getLabels()).isNullOrEmpty();
    assertThat(metadata.getFinalizers()).isEmpty();
    assertThat(metadata.getAdditionalProperties()).isEmpty();
    assertThat(metadata.getResourceVersion()).isEqualTo("7");
    assertThat(metadata.getOwnerReferences()).singleElement().extracting("uid").isEqualTo("uid-1");
  }

  /** The metadata of any kind needs no class of its own. */
  @Test
  void parsesMetadataOfAnyKind() {
    // Given
    String added =
        """
        {"type": "ADDED", "object": {"kind": "PartialObjectMetadata",
         "apiVersion": "meta.k8s.io/v1", "metadata": {"name": "acme"}}}\
        """;
    // When
    WatchEvent event = MetadataOnly.serialization().unmarshal(added, WatchEvent.class);
    // Then
    assertThat(event.getObject()).isInstanceOf(GenericKubernetesResource.class);
  }
}
