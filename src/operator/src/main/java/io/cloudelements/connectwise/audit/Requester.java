package io.cloudelements.connectwise.audit;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.LastSpecWriter;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/**
 * The resource that calls are made for.
 *
 * @param fieldManager who changed its spec last; empty where the API server does not tell
 */
record Requester(
    String namespace, String name, String uid, long generation, Optional<String> fieldManager) {

  static Requester of(ConnectWiseInstance resource) {
    ObjectMeta metadata = resource.getMetadata();
    return new Requester(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        Optional.ofNullable(metadata.getGeneration()).orElse(0L),
        LastSpecWriter.of(metadata.getManagedFields()));
  }
}
