package io.cloudelements.connectwise.controller;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How objects are read. {@code managedFields} are longer than the rest of a resource and of no use
 * to the operator, so that no cache should hold them; and of all kinds only those that a watch can
 * bring are looked up by name, where the client would load every one that Kubernetes has.
 */
final class KubernetesJson {
  private KubernetesJson() {}

  /** For our resources, and for everything whose type the caller names. */
  static KubernetesSerialization serialization() {
    KubernetesSerialization serialization = of(new ObjectMapper());
    serialization.registerKubernetesResource(
        HasMetadata.getApiVersion(ConnectWiseInstance.class),
        HasMetadata.getKind(ConnectWiseInstance.class),
        ConnectWiseInstance.class);
    return serialization;
  }

  /**
   * By a mapper with settings of its own. {@code Status} is known to all: by it a watch learns that
   * its version is too old and that it has to list again; unknown it would be retried for ever.
   */
  static KubernetesSerialization of(ObjectMapper mapper) {
    return of(mapper, WithoutManagedFields.class);
  }

  /**
   * @param metadata how {@link ObjectMeta} is read, as a mix-in
   */
  static KubernetesSerialization of(ObjectMapper mapper, Class<?> metadata) {
    mapper.addMixIn(ObjectMeta.class, metadata);
    KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
    serialization.registerKubernetesResource("v1", "Status", Status.class);
    return serialization;
  }

  @JsonIgnoreProperties("managedFields")
  private abstract static class WithoutManagedFields {}
}
