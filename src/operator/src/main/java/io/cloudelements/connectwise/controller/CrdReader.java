package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Reads this operator's CRD for resources that are being deleted, from the API server each time:
 * the CRD is marked before its resources are, so a read that follows the resource's mark cannot
 * miss the CRD's, while a cache could.
 */
public final class CrdReader {
  private static final ResourceDefinitionContext CRDS =
      new ResourceDefinitionContext.Builder()
          .withGroup("apiextensions.k8s.io")
          .withVersion("v1")
          .withKind("CustomResourceDefinition")
          .withPlural("customresourcedefinitions")
          .withNamespaced(false)
          .build();

  private final Optional<KubernetesClient> metadataClient;

  /**
   * @param metadataClient sees metadata only; empty: nothing of the cluster's may be read, so every
   *     deletion counts as the resource's own
   */
  public CrdReader(Optional<KubernetesClient> metadataClient) {
    this.metadataClient = metadataClient;
  }

  /**
   * @throws KubernetesClientException when the API server fails: then nothing may be deleted
   */
  CrdState stateFor(ConnectWiseInstance resource) {
    return metadataClient
        .filter(_ -> ReconcileInput.needsCrd(resource))
        .map(client -> read(client, resource))
        .orElse(CrdState.IN_USE);
  }

  private static CrdState read(KubernetesClient client, ConnectWiseInstance resource) {
    try {
      return CrdState.of(
          Optional.ofNullable(client.genericKubernetesResources(CRDS).withName(CrdState.CRD).get())
              .map(GenericKubernetesResource::getMetadata),
          resource.getMetadata());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return CrdState.FORBIDDEN;
      }
      throw e;
    }
  }
}
