package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cache of our resources, by the Secrets they refer to and by the account they live in. */
public final class PrimaryCache {
  private static final String BY_SECRET = "secret";
  private static final String BY_ACCOUNT = "account";
  private static final String BY_OBJECT = "accountRef";

  private final AtomicReference<Optional<IndexerResourceCache<ConnectWiseInstance>>> cache =
      new AtomicReference<>(Optional.empty());

  /** Takes the cache into use, before it is filled. */
  void attach(IndexerResourceCache<ConnectWiseInstance> primaries) {
    primaries.addIndexers(
        Map.of(
            BY_SECRET,
            PrimaryCache::secretKeys,
            BY_ACCOUNT,
            PrimaryCache::accountKeys,
            BY_OBJECT,
            PrimaryCache::objectKeys));
    cache.set(Optional.of(primaries));
  }

  /** The resources that read this Secret; either may be created first. */
  Set<ResourceID> referringTo(HasMetadata secret) {
    String key = key(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
    return byIndex(BY_SECRET, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All resources, as the informer has them. */
  Stream<ConnectWiseInstance> all() {
    return cache.get().stream().flatMap(IndexerResourceCache::list);
  }

  /** The resources that have their instance in this account. */
  public List<ConnectWiseInstance> inAccount(String account) {
    return byIndex(BY_ACCOUNT, account);
  }

  /** The resources that refer to this account object, whether they may use it or not. */
  List<ConnectWiseInstance> referringToAccount(ResourceId account) {
    return byIndex(BY_OBJECT, account.toString());
  }

  /** How many resources have their instance in this account. */
  public int population(String account) {
    return byIndex(BY_ACCOUNT, account).size();
  }

  private List<ConnectWiseInstance> byIndex(String index, String key) {
    return cache.get().map(primaries -> primaries.byIndex(index, key)).orElse(List.of());
  }

  /** Never fails: an object from before the schema would otherwise stop the informer for all. */
  static List<String> secretKeys(ConnectWiseInstance resource) {
    return SpecDefaults.of(resource).namesNoSecret()
        ? List.of()
        : ReconcileInput.secretNames(resource).stream()
            .map(name -> key(resource.getMetadata().getNamespace(), name))
            .toList();
  }

  static List<String> accountKeys(ConnectWiseInstance resource) {
    return StatusReader.account(resource).filter(_ -> !ReconcileInput.isReleased(resource)).stream()
        .toList();
  }

  static List<String> objectKeys(ConnectWiseInstance resource) {
    return SpecDefaults.of(resource).accountRef().map(ResourceId::toString).stream().toList();
  }

  /** The Secrets with a resource's credentials, which it often shares with many others. */
  static Set<ResourceId> credentialsOf(ConnectWiseInstance resource) {
    return SpecDefaults.of(resource).namesNoSecret()
        ? Set.of()
        : ReconcileInput.credentialsNames(resource).stream()
            .map(name -> new ResourceId(resource.getMetadata().getNamespace(), name))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The Secrets that a resource refers to, as JOSDK wants to know them. */
  static Set<ResourceID> secretsOf(ConnectWiseInstance resource) {
    return secretKeys(resource).stream()
        .map(key -> key.split("/", 2))
        .map(parts -> new ResourceID(parts[1], parts[0]))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
