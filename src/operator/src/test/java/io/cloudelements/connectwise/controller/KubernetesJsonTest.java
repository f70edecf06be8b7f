package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.LastSpecWriter;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesJsonTest {
  private static final String ADDED =
      """
      {"type": "ADDED", "object": {"kind": "ConnectWiseInstance",
       "apiVersion": "cloudelements.io/v1",
       "metadata": {"name": "acme", "resourceVersion": "7", "managedFields": [
         {"manager": "kubectl", "operation": "Apply", "apiVersion": "cloudelements.io/v1",
          "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:hub": {}}}}]},
       "spec": {"hub": "helpdesk"}}}\
      """;

  private static final String METADATA =
      """
      "metadata": {"name": "acme", "labels": {"team": "a"}, "finalizers": ["example.com/x", "cloudelements.io/element-instance", "orphan"],
       "annotations": {"cloudelements.io/take-over": "7"},
       "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "a", "uid": "uid-1"}]}\
      """;

  /** They would be most of what the caches hold; an audit line needs one name of them. */
  @Test
  void keepsOfManagedFieldsWhoChangedTheSpec() {
    // When
    WatchEvent event = KubernetesJson.serialization().unmarshal(ADDED, WatchEvent.class);
    // Then
    assertThat(event.getObject())
        .isInstanceOfSatisfying(
            ConnectWiseInstance.class,
            acme -> {
              assertThat(acme.getMetadata().getManagedFields())
                  .singleElement()
                  .satisfies(entry ->
                      assertThat(entry.getFieldsV1().getAdditionalProperties())
                          .isEqualTo(Map.of("f:spec", Map.of())));
              assertThat(LastSpecWriter.of(acme.getMetadata().getManagedFields()))
                  .contains("kubectl");
              assertThat(acme.getMetadata().getAdditionalProperties()).isEmpty();
              assertThat(acme.getMetadata().getResourceVersion()).isEqualTo("7");
              assertThat(acme.getSpec().hub()).isEqualTo("helpdesk");
            });
  }

  /** A user may write a mebibyte of each, and fifty such resources would fill the memory. */
  @Test
  void dropsUnusedMetadataOfOurResources() {
    // Given
    String acme =
        """
        {"kind": "ConnectWiseInstance", "apiVersion": "cloudelements.io/v1", %s,
         "spec": {"hub": "helpdesk"}}\
        """
            .formatted(METADATA);
    // When
    ObjectMeta metadata =
        KubernetesJson.serialization().unmarshal(acme, ConnectWiseInstance.class).getMetadata();
    // Then
    assertThat(metadata.getLabels()).isEmpty();
    assertThat(metadata.getOwnerReferences()).isEmpty();
    assertThat(metadata.getAnnotations()).containsKey("cloudelements.io/take-over");
    assertThat(metadata.getFinalizers())
        .containsExactly("cloudelements.io/element-instance", "orphan");
  }

  /** They say whose a Secret is, and what it allows. */
  @Test
  void keepsLabelsAndOwnersOfSecrets() {
    // Given
    String secret = "{\"kind\": \"Secret\", \"apiVersion\": \"v1\", %s}".formatted(METADATA);
    // When
    ObjectMeta metadata =
        KubernetesJson.serialization().unmarshal(secret, Secret.class).getMetadata();
    // Then
    assertThat(metadata.getLabels()).containsKey("team");
    assertThat(metadata.getOwnerReferences()).hasSize(1);
  }

  /** A watch whose version is too old must be understood, or it is retried for ever. */
  @Test
  void parsesAnExpiredWatch() {
    // Given
    String expired =
        """
        {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "code": 410}}\
        """;
    // When
    WatchEvent event = KubernetesJson.serialization().unmarshal(expired, WatchEvent.class);
    // Then
    assertThat(event.getObject()).isInstanceOf(Status.class);
  }
}
