package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * As much of a Kubernetes API server as the protocol can notice, with one resource and its Secrets:
 * versions, generation, status as its own resource, finalizers, and the garbage collector. Every
 * version is kept, for caches that are behind. Stored objects are never changed in place.
 */
final class Cluster {
  static final String NAMESPACE = "integrations";
  static final String NAME = "acme";

  private final History<ConnectWiseInstance> resource = new History<>();
  private final Map<String, History<Secret>> secrets = new TreeMap<>();
  private long revision = 100;
  private int uids;
  private Optional<ConnectWiseInstanceSpec> toBeCreated = Optional.empty();
  private ObjectMeta crd = crdOf(VirtualTime.START.minus(Duration.ofDays(1)));

  Optional<ConnectWiseInstance> resource() {
    return resource.now();
  }

  Optional<ConnectWiseInstanceStatus> status() {
    return resource().map(ConnectWiseInstance::getStatus);
  }

  Optional<Secret> secret(String name) {
    return secretHistory(name).now();
  }

  /** The CRD's metadata, as the API server has it now. */
  ObjectMeta crd() {
    return crd;
  }

  History<ConnectWiseInstance> resourceHistory() {
    return resource;
  }

  /** Names of the Secrets that there are or were. */
  List<String> secretNames() {
    return List.copyOf(secrets.keySet());
  }

  History<Secret> secretHistory(String name) {
    return secrets.computeIfAbsent(name, _ -> new History<>());
  }

  /** Secrets that a resource controls. */
  List<Secret> secretsOwnedBy(String uid) {
    return secrets.values().stream()
        .flatMap(history -> history.now().stream())
        .filter(secret -> owner(secret).equals(Optional.of(uid)))
        .toList();
  }

  long revision() {
    return revision;
  }

  // What users and other controllers do.

  /** Creates the resource; where one of that name still is, as soon as it is gone. */
  void create(SpecDraft draft) {
    toBeCreated = Optional.of(draft.finish());
    createIfPossible();
  }

  void edit(Consumer<SpecDraft> change) {
    ConnectWiseInstance before = resource().orElseThrow();
    SpecDraft draft = SpecDraft.of(before.getSpec());
    change.accept(draft);
    ConnectWiseInstanceSpec spec = draft.finish();
    if (!spec.equals(before.getSpec())) {
      ObjectMeta meta =
          meta(before, m -> m.withGeneration(before.getMetadata().getGeneration() + 1));
      put(object(meta, spec, before.getStatus()), true);
    }
  }

  void annotate(String key, String value) {
    ConnectWiseInstance before = resource().orElseThrow();
    put(
        object(
            meta(before, m -> m.addToAnnotations(key, value)),
            before.getSpec(),
            before.getStatus()),
        true);
  }

  void label() {
    resource()
        .ifPresent(before -> {
          ObjectMeta meta = meta(before, m -> m.addToLabels("written", "at-" + revision));
          put(object(meta, before.getSpec(), before.getStatus()), true);
        });
  }

  void removeFinalizer() {
    ConnectWiseInstance before = resource().orElseThrow();
    ObjectMeta meta = meta(before, m -> m.removeFromFinalizers(ClusterWrites.FINALIZER));
    put(object(meta, before.getSpec(), before.getStatus()), true);
  }

  void delete() {
    Optional<ConnectWiseInstance> before =
        resource().filter(r -> r.getMetadata().getDeletionTimestamp() == null);
    before.ifPresent(old -> {
      long generation = old.getMetadata().getGeneration() + 1;
      ObjectMeta meta =
          meta(
              old,
              m ->
                  m.withDeletionTimestamp(VirtualTime.START.toString()).withGeneration(generation));
      put(object(meta, old.getSpec(), old.getStatus()), true);
      removeIfReleased(true);
    });
  }

  /** The first thing that deleting the CRD does; no operator is told. */
  void markCrdForDeletion() {
    crd = new ObjectMetaBuilder(crd).withDeletionTimestamp(VirtualTime.START.toString()).build();
  }

  void annotateCrd(String key, String value) {
    crd = new ObjectMetaBuilder(crd).addToAnnotations(key, value).build();
  }

  /** Another one of that name, younger than every deletion that the former began. */
  void replaceCrd() {
    crd = crdOf(VirtualTime.START.plusSeconds(1));
  }

  /** A user writes the status. */
  void editStatus(UnaryOperator<ConnectWiseInstanceStatus> change) {
    resource()
        .filter(r -> r.getStatus() != null)
        .ifPresent(r ->
            put(
                object(meta(r, UnaryOperator.identity()), r.getSpec(), change.apply(r.getStatus())),
                true));
  }

  void wipeStatus() {
    resource()
        .filter(r -> r.getStatus() != null)
        .ifPresent(r -> put(object(meta(r, UnaryOperator.identity()), r.getSpec(), null), true));
  }

  void putSecret(String name, Map<String, String> data) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(NAMESPACE)
            .withUid(secret(name).map(s -> s.getMetadata().getUid()).orElseGet(this::uid))
            .withOwnerReferences(
                secret(name).map(s -> s.getMetadata().getOwnerReferences()).orElse(List.of()))
            .withLabels(secret(name).map(s -> s.getMetadata().getLabels()).orElse(null))
            .endMetadata()
            .withType(secret(name).map(Secret::getType).orElse(null))
            .withData(data)
            .build();
    putSecret(secret, true);
  }

  void deleteSecret(String name) {
    if (secret(name).isPresent()) {
      removeSecret(name, true);
    }
  }

  // What an operator's writes do; their guards are in OperatorWrites.

  void put(ConnectWiseInstance changed, boolean outside) {
    revision++;
    changed.getMetadata().setResourceVersion(Long.toString(revision));
    resource.add(revision, Optional.of(changed), outside);
  }

  /** An object that is being deleted goes with its last finalizer. */
  void removeIfReleased(boolean outside) {
    boolean released =
        resource()
            .filter(r -> r.getMetadata().getDeletionTimestamp() != null)
            .filter(r -> r.getMetadata().getFinalizers().isEmpty())
            .isPresent();
    if (released) {
      revision++;
      resource.add(revision, Optional.empty(), outside);
      collectGarbage();
      createIfPossible();
    }
  }

  void putSecret(Secret secret, boolean outside) {
    revision++;
    Secret stored =
        new SecretBuilder(secret)
            .editMetadata()
            .withResourceVersion(Long.toString(revision))
            .endMetadata()
            .build();
    secretHistory(secret.getMetadata().getName()).add(revision, Optional.of(stored), outside);
    collectGarbage();
  }

  void removeSecret(String name, boolean outside) {
    revision++;
    secretHistory(name).add(revision, Optional.empty(), outside);
  }

  String uid() {
    uids++;
    return "00000000-0000-4000-8000-%012d".formatted(uids);
  }

  static ObjectMeta meta(ConnectWiseInstance of, UnaryOperator<ObjectMetaBuilder> change) {
    return change.apply(new ObjectMetaBuilder(of.getMetadata())).build();
  }

  static ConnectWiseInstance object(
      ObjectMeta meta, ConnectWiseInstanceSpec spec, ConnectWiseInstanceStatus status) {
    ConnectWiseInstance object = new ConnectWiseInstance();
    object.setMetadata(meta);
    object.setSpec(spec);
    object.setStatus(status);
    return object;
  }

  private void createIfPossible() {
    if (toBeCreated.isEmpty() || resource().isPresent()) {
      return;
    }
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .withName(NAME)
            .withNamespace(NAMESPACE)
            .withUid(uid())
            .withGeneration(1L)
            .build();
    put(object(meta, toBeCreated.get(), null), true);
    toBeCreated = Optional.empty();
  }

  private static ObjectMeta crdOf(Instant created) {
    return new ObjectMetaBuilder()
        .withName(CrdState.CRD)
        .withCreationTimestamp(created.toString())
        .build();
  }

  private void collectGarbage() {
    String living = resource().map(r -> r.getMetadata().getUid()).orElse("");
    List<String> orphans =
        secrets.entrySet().stream()
            .filter(entry ->
                entry
                    .getValue()
                    .now()
                    .flatMap(Cluster::owner)
                    .filter(owner -> !owner.equals(living))
                    .isPresent())
            .map(Map.Entry::getKey)
            .toList();
    orphans.forEach(name -> removeSecret(name, true));
  }

  private static Optional<String> owner(Secret secret) {
    return secret.getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .findFirst();
  }
}
