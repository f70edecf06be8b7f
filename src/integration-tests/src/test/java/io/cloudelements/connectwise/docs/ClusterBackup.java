package io.cloudelements.connectwise.docs;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resources, accounts and Secrets of a namespace, with their status, as a backup tool keeps them:
 * Velero with {@code --status-include-resources}. It creates them without what the API server gives
 * and without owners, with annotations and finalizers, and then writes the status.
 */
record ClusterBackup(List<GenericKubernetesResource> objects) {
  private static final String STATUS = "status";

  static ClusterBackup of(KubernetesClient client, String namespace) {
    return new ClusterBackup(
        Stream.of(
                client.genericKubernetesResources("v1", "Secret"),
                client.genericKubernetesResources("cloudelements.io/v1", "CloudElementsAccount"),
                client.genericKubernetesResources("cloudelements.io/v1", "ConnectWiseInstance"))
            .flatMap(kind -> kind.inNamespace(namespace).list().getItems().stream())
            .toList());
  }

  void restoreTo(KubernetesClient client) {
    objects.forEach(object -> restore(client, object));
  }

  private static void restore(KubernetesClient client, GenericKubernetesResource object) {
    Optional<Object> status = Optional.ofNullable(object.getAdditionalProperties().get(STATUS));
    ObjectMeta metadata = object.getMetadata();
    metadata.setUid(null);
    metadata.setResourceVersion(null);
    metadata.setGeneration(null);
    metadata.setCreationTimestamp(null);
    metadata.setManagedFields(List.of());
    metadata.setOwnerReferences(List.of());
    var kind = client.genericKubernetesResources(object.getApiVersion(), object.getKind());
    GenericKubernetesResource created =
        kind.inNamespace(metadata.getNamespace()).resource(object).create();
    status.ifPresent(before -> {
      created.setAdditionalProperty(STATUS, before);
      kind.inNamespace(metadata.getNamespace()).resource(created).updateStatus();
    });
  }
}
