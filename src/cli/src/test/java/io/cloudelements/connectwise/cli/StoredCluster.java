package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.PodSecrets;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A cluster that holds what manifests say, and tells what was read of it. */
final class StoredCluster implements UserCluster {
  private final List<Manifest> objects = new ArrayList<>();
  private final Set<String> denied = new HashSet<>();
  private final List<String> reads = new ArrayList<>();

  static StoredCluster of(String... manifests) {
    StoredCluster cluster = new StoredCluster();
    for (String manifest : manifests) {
      cluster.objects.addAll(
          Manifest.read(
              Manifest.STANDARD_INPUT,
              new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))));
    }
    return cluster;
  }

  /**
   * @param read as {@link #reads} tells it
   */
  StoredCluster denying(String... read) {
    denied.addAll(List.of(read));
    return this;
  }

  /** As {@code get secret connectwise-accounts/acme-admin} and {@code list accounts *}. */
  List<String> reads() {
    return reads;
  }

  @Override
  public String namespace() {
    return "integrations";
  }

  @Override
  public ClusterRead<List<CloudElementsAccount>> accounts(Optional<String> namespace) {
    return read(
        "list accounts " + namespace.orElse("*"), () -> all(CloudElementsAccount.class, namespace));
  }

  @Override
  public ClusterRead<List<ConnectWiseInstance>> instances(Optional<String> namespace) {
    return read(
        "list instances " + namespace.orElse("*"), () -> all(ConnectWiseInstance.class, namespace));
  }

  @Override
  public ClusterRead<Optional<ConnectWiseInstance>> instance(ResourceId name) {
    return read("get instance " + name, () -> one(ConnectWiseInstance.class, name));
  }

  @Override
  public ClusterRead<List<PodSecrets>> pods(String namespace) {
    return read(
        "list pods " + namespace,
        () ->
            objects.stream()
                .filter(object -> object.kind().equals("Pod"))
                .filter(object -> object.namespace("").equals(namespace))
                .map(object -> PodReader.read(object.content()))
                .toList());
  }

  @Override
  public ClusterRead<List<Event>> events(ResourceId name) {
    return read("list events " + name, List::of);
  }

  @Override
  public InstalledOperator operator(String namespace) {
    throw new AssertionError("the operator's namespace was read");
  }

  @Override
  public ClusterRead<String> serverVersion() {
    return read("get version", () -> "v1.37.2");
  }

  /** Manifests do not change. */
  @Override
  public boolean awaitChange(ConnectWiseInstance seen, Duration limit) {
    return false;
  }

  @Override
  public ClusterRead<Optional<CloudElementsAccount>> account(ResourceId name) {
    return read("get account " + name, () -> one(CloudElementsAccount.class, name));
  }

  @Override
  public ClusterRead<Optional<Secret>> secret(ResourceId name) {
    return read(
        "get secret " + name,
        () ->
            objects.stream()
                .filter(Manifest::isSecret)
                .filter(object -> isNamed(object, name))
                .map(SecretManifests::stored)
                .findFirst());
  }

  @Override
  public ClusterRead<Optional<Map<String, String>>> labels(String namespace) {
    return read(
        "get namespace " + namespace,
        () ->
            objects.stream()
                .filter(object -> object.kind().equals("Namespace"))
                .filter(object -> object.name().equals(namespace))
                .map(object -> object.as(Namespace.class).getMetadata().getLabels())
                .findFirst());
  }

  private <T> ClusterRead<T> read(String what, Supplier<T> answer) {
    reads.add(what);
    return denied.contains(what)
        ? new ClusterRead.Denied<>()
        : new ClusterRead.Seen<>(answer.get());
  }

  private <T extends HasMetadata> List<T> all(Class<T> type, Optional<String> namespace) {
    return objects.stream()
        .filter(object -> object.kind().equals(HasMetadata.getKind(type)))
        .filter(object -> namespace.isEmpty() || object.namespace("").equals(namespace.get()))
        .map(object -> stored(object.as(type)))
        .toList();
  }

  private <T extends HasMetadata> Optional<T> one(Class<T> type, ResourceId name) {
    return objects.stream()
        .filter(object -> object.kind().equals(HasMetadata.getKind(type)))
        .filter(object -> isNamed(object, name))
        .map(object -> stored(object.as(type)))
        .findFirst();
  }

  /** A server numbers the generations of everything. */
  private static <T extends HasMetadata> T stored(T object) {
    object.getMetadata().setGeneration(1L);
    return object;
  }

  private static boolean isNamed(Manifest object, ResourceId name) {
    return object.namespace("").equals(name.namespace()) && object.name().equals(name.name());
  }
}
