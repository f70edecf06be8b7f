package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
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

  /** They would be most of what the caches hold. */
  @Test
  void dropsManagedFields() {
    // When
    WatchEvent event = KubernetesJson.serialization().unmarshal(ADDED, WatchEvent.class);
    // Then
    assertThat(event.getObject())
        .isInstanceOfSatisfying(
            ConnectWiseInstance.class,
            acme -> {
              assertThat(acme.getMetadata().getManagedFields()).isEmpty();
              assertThat(acme.getMetadata().getAdditionalProperties()).isEmpty();
              assertThat(acme.getMetadata().getResourceVersion()).isEqualTo("7");
              assertThat(acme.getSpec().hub()).isEqualTo("helpdesk");
            });
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
