package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.reconcile.AccountObjectWrites;
import io.cloudelements.connectwise.reconcile.ClusterWriteException;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writes to an account object as patches. */
public final class AccountWrites implements AccountObjectWrites {
  private static final Logger LOG = LoggerFactory.getLogger(AccountWrites.class);

  private static final PatchContext JSON =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON)
          .withFieldManager(ServerSideWrites.FIELD_MANAGER)
          .build();

  private final KubernetesClient client;
  private final EventPublisher events;

  public AccountWrites(KubernetesClient client, EventPublisher events) {
    this.client = client;
    this.events = events;
  }

  @Override
  public CloudElementsAccount addFinalizer(CloudElementsAccount account) {
    List<String> all = new ArrayList<>(account.getMetadata().getFinalizers());
    all.add(FINALIZER);
    return guarded(WriteKind.ADD_FINALIZER, () -> patchFinalizers(account, all));
  }

  @Override
  public void removeFinalizer(CloudElementsAccount account) {
    List<String> others = new ArrayList<>(account.getMetadata().getFinalizers());
    others.remove(FINALIZER);
    guarded(WriteKind.REMOVE_FINALIZER, () -> patchFinalizers(account, others));
  }

  private CloudElementsAccount patchFinalizers(
      CloudElementsAccount account, List<String> finalizers) {
    return client
        .resource(account)
        .patch(
            JSON,
            """
            [{"op": "test", "path": "/metadata/uid", "value": "%s"},
             {"op": "replace", "path": "/metadata/resourceVersion", "value": "%s"},
             {"op": "add", "path": "/metadata/finalizers", "value": %s}]\
            """
                .formatted(
                    account.getMetadata().getUid(),
                    account.getMetadata().getResourceVersion(),
                    client.getKubernetesSerialization().asJson(finalizers)));
  }

  @Override
  public CloudElementsAccount writeStatus(
      CloudElementsAccount account, CloudElementsAccountStatus status) {
    String patch =
        """
        [{"op": "replace", "path": "/metadata/resourceVersion", "value": "%s"},
         {"op": "add", "path": "/status", "value": %s}]\
        """
            .formatted(
                account.getMetadata().getResourceVersion(),
                client.getKubernetesSerialization().asJson(status));
    return guarded(
        WriteKind.STATUS, () -> client.resource(account).subresource("status").patch(JSON, patch));
  }

  /** Another failure may be over in a moment. */
  private static CloudElementsAccount guarded(
      WriteKind what, Supplier<CloudElementsAccount> write) {
    try {
      return write.get();
    } catch (KubernetesClientException e) {
      ApiServerFailure failure = ApiServerFailure.of(e);
      throw failure.refused() ? new ClusterWriteException(failure.of(what)) : e;
    }
  }

  @Override
  public void publish(CloudElementsAccount account, EventRecord event) {
    LOG.info("Account {}: {}", event.reason(), event.message());
    ObjectMeta metadata = account.getMetadata();
    events.publish(
        CloudElementsAccount.class,
        new ResourceRef(AccountTerms.id(account), metadata.getUid(), metadata.getResourceVersion()),
        event);
  }
}
