package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.ClusterWriteException;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.cloudelements.connectwise.secret.QuotedSecret;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a reconcile to the API server.
 *
 * <p>The finalizer is a server-side apply of a fresh object, which owns nothing else. The status is
 * replaced as a whole: an apply would leave what another manager has put there.
 */
public final class ServerSideWrites implements ClusterWrites {
  /** Our name in {@code metadata.managedFields}. */
  static final String FIELD_MANAGER = "connectwise-operator";

  private static final int UNPROCESSABLE = 422;

  private static final String UID = "metadata.uid";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private static final PatchContext REPLACE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON)
          .withFieldManager(FIELD_MANAGER)
          .build();

  private static final ResourceDefinitionContext OUR_KIND =
      ResourceDefinitionContext.fromResourceType(ConnectWiseInstance.class);

  private final KubernetesClient client;
  private final EventPublisher events;
  private final RecentWrites recentWrites;

  public ServerSideWrites(
      KubernetesClient client, EventPublisher events, RecentWrites recentWrites) {
    this.client = client;
    this.events = events;
    this.recentWrites = recentWrites;
  }

  @Override
  public String addFinalizer(ResourceRef ref) {
    ConnectWiseInstance fresh = fresh(ref);
    fresh.getMetadata().setFinalizers(List.of(FINALIZER));
    return written(
        ref, guarded(WriteKind.ADD_FINALIZER, ref, () -> client.resource(fresh).patch(APPLY)));
  }

  @Override
  public String writeStatus(ResourceRef ref, ConnectWiseInstanceStatus status) {
    // A version in the patch is what the API server compares with its own.
    String patch =
        """
        [{"op": "replace", "path": "/metadata/resourceVersion", "value": "%s"},
         {"op": "add", "path": "/status", "value": %s}]\
        """
            .formatted(ref.version(), client.getKubernetesSerialization().asJson(status));
    return written(
        ref,
        guarded(
            WriteKind.STATUS,
            ref,
            () -> client.resource(fresh(ref)).subresource("status").patch(REPLACE, patch)));
  }

  /**
   * By its name, with any manager that owns it in {@code managedFields}: a backup that was restored
   * under another manager's name must not keep the resource for ever. The version in the patch is
   * what the API server compares with its own.
   */
  @Override
  public void removeFinalizer(ResourceRef ref) {
    List<String> others = new ArrayList<>(finalizers(ref));
    if (!others.remove(FINALIZER)) {
      return;
    }
    String patch =
        """
        [{"op": "replace", "path": "/metadata/resourceVersion", "value": "%s"},
         {"op": "add", "path": "/metadata/finalizers", "value": %s}]\
        """
            .formatted(ref.version(), client.getKubernetesSerialization().asJson(others));
    try {
      resource(ref).patch(PatchContext.of(PatchType.JSON), patch);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw translated(WriteKind.REMOVE_FINALIZER, ref, e);
      }
    }
  }

  @Override
  public void createSecret(Secret wanted) {
    recentWrites.writeSecret(
        wanted,
        () -> guarded(WriteKind.CREATE_SECRET, wanted, () -> client.resource(wanted).create()));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    recentWrites.writeSecret(
        repaired,
        () -> guarded(WriteKind.UPDATE_SECRET, repaired, () -> client.resource(repaired).update()));
  }

  @Override
  public void deleteSecret(Secret existing) {
    guarded(
        WriteKind.DELETE_SECRET,
        existing,
        () ->
            client
                .resource(existing)
                .lockResourceVersion(existing.getMetadata().getResourceVersion())
                .delete());
  }

  @Override
  public Optional<ConnectWiseInstance> latest(ResourceRef ref) {
    return Optional.ofNullable(read(WriteKind.STATUS, ref, () -> resource(ref).get()))
        .filter(found -> ref.uid().equals(found.getMetadata().getUid()));
  }

  /** All of them, others' too, which {@link KubernetesJson} drops; none when it is gone. */
  private List<String> finalizers(ResourceRef ref) {
    return Optional.ofNullable(
            read(
                WriteKind.REMOVE_FINALIZER,
                ref,
                () ->
                    client
                        .genericKubernetesResources(OUR_KIND)
                        .inNamespace(ref.id().namespace())
                        .withName(ref.id().name())
                        .get()))
        .map(GenericKubernetesResource::getMetadata)
        .filter(found -> ref.uid().equals(found.getUid()))
        .map(ObjectMeta::getFinalizers)
        .orElse(List.of());
  }

  private Resource<ConnectWiseInstance> resource(ResourceRef ref) {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(ref.id().namespace())
        .withName(ref.id().name());
  }

  @Override
  public Optional<Secret> latest(Secret secret) {
    ObjectMeta metadata = secret.getMetadata();
    return Optional.ofNullable(
        read(
            WriteKind.UPDATE_SECRET,
            secret,
            () ->
                client
                    .secrets()
                    .inNamespace(metadata.getNamespace())
                    .withName(metadata.getName())
                    .get()));
  }

  /** A read that a write depends on: where it fails, the write does. */
  private static <T> @Nullable T read(WriteKind before, Object about, Supplier<@Nullable T> read) {
    try {
      return read.get();
    } catch (KubernetesClientException e) {
      throw new ClusterWriteException(failure(before, about, e));
    }
  }

  @Override
  public void publish(ResourceRef resource, EventRecord event) {
    events.publish(resource, event);
  }

  /** Name, namespace, uid and version: what guards the write, and nothing to own. */
  private static ConnectWiseInstance fresh(ResourceRef ref) {
    ConnectWiseInstance fresh = new ConnectWiseInstance();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(ref.id().namespace())
            .withName(ref.id().name())
            .withUid(ref.uid())
            .withResourceVersion(ref.version())
            .build());
    return fresh;
  }

  private String written(ResourceRef ref, ConnectWiseInstance answer) {
    String version = answer.getMetadata().getResourceVersion();
    recentWrites.resourceWritten(ref.id(), ref.uid(), version);
    return version;
  }

  private static <T> T guarded(WriteKind what, Object about, Supplier<T> write) {
    try {
      return write.get();
    } catch (KubernetesClientException e) {
      throw translated(what, about, e);
    }
  }

  private static RuntimeException translated(
      WriteKind what, Object about, KubernetesClientException e) {
    boolean conflict =
        switch (e.getCode()) {
          case HttpURLConnection.HTTP_CONFLICT -> true;
          // A namespace that is gone is no newer view of a Secret that is to be made in it.
          case HttpURLConnection.HTTP_NOT_FOUND -> what != WriteKind.CREATE_SECRET;
          case UNPROCESSABLE -> isAboutUid(e);
          default -> false;
        };
    return conflict ? conflict(about, e) : new ClusterWriteException(failure(what, about, e));
  }

  /** The server may quote what was written. */
  private static ClusterWriteFailure failure(
      WriteKind what, Object about, KubernetesClientException e) {
    ApiServerFailure failure = ApiServerFailure.of(e);
    String detail =
        about instanceof Secret secret
            ? QuotedSecret.masked(failure.detail(), secret)
            : failure.detail();
    return new ApiServerFailure(failure.code(), detail).of(what);
  }

  /** Another uid is answered as an attempt to change it. */
  private static boolean isAboutUid(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getDetails()))
        .filter(
            details -> details.getCauses().stream().anyMatch(cause -> UID.equals(cause.getField())))
        .isPresent();
  }

  private static ClusterConflict conflict(Object about, KubernetesClientException e) {
    String what =
        switch (about) {
          case ResourceRef ref -> ref.id().toString();
          case Secret secret ->
              "Secret "
                  + secret.getMetadata().getNamespace()
                  + "/"
                  + secret.getMetadata().getName();
          default -> about.getClass().getSimpleName();
        };
    return new ClusterConflict(what + " was changed by another writer, or is gone", e);
  }
}
