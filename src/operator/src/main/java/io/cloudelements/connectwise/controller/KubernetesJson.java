package io.cloudelements.connectwise.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/**
 * How objects are read. {@code managedFields} are longer than the rest of a resource, so that no
 * cache should hold more of them than {@link ManagedFieldsReader} keeps; nor should it hold labels,
 * owners and others' finalizers of our resources, of which a user may write a mebibyte; and of all
 * kinds only those that a watch can bring are looked up by name, where the client would load every
 * one that Kubernetes has.
 */
final class KubernetesJson {
  private KubernetesJson() {}

  /** For our resources, and for everything whose type the caller names. */
  static KubernetesSerialization serialization() {
    KubernetesSerialization serialization =
        of(
            new ObjectMapper().addMixIn(ConnectWiseInstance.class, OurResource.class),
            WithLastSpecWriter.class);
    serialization.registerKubernetesResource(
        HasMetadata.getApiVersion(ConnectWiseInstance.class),
        HasMetadata.getKind(ConnectWiseInstance.class),
        ConnectWiseInstance.class);
    serialization.registerKubernetesResource("v1", "Namespace", Namespace.class);
    serialization.registerKubernetesResource(
        HasMetadata.getApiVersion(CloudElementsAccount.class),
        HasMetadata.getKind(CloudElementsAccount.class),
        CloudElementsAccount.class);
    return serialization;
  }

  /**
   * By a mapper with settings of its own. {@code Status} is known to all: by it a watch learns that
   * its version is too old and that it has to list again; unknown it would be retried for ever.
   *
   * @param metadata how {@link ObjectMeta} is read, as a mix-in
   */
  static KubernetesSerialization of(ObjectMapper mapper, Class<?> metadata) {
    mapper.addMixIn(ObjectMeta.class, metadata);
    KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
    serialization.registerKubernetesResource("v1", "Status", Status.class);
    return serialization;
  }

  private abstract static class WithLastSpecWriter {
    @JsonDeserialize(using = ManagedFieldsReader.class)
    abstract void setManagedFields(List<ManagedFieldsEntry> managedFields);
  }

  private abstract static class OurResource {
    @JsonDeserialize(converter = Bounded.class)
    abstract void setMetadata(ObjectMeta metadata);
  }

  private static final class Bounded extends StdConverter<ObjectMeta, ObjectMeta> {
    @Override
    public ObjectMeta convert(ObjectMeta metadata) {
      metadata.setLabels(Map.of());
      metadata.setOwnerReferences(List.of());
      metadata.getFinalizers().retainAll(List.of(ClusterWrites.FINALIZER, ClusterWrites.ORPHAN));
      return metadata;
    }
  }
}
