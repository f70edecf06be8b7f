package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.WrittenAccounts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The account objects, as the informer has them, and what opens them. */
public final class AccountCache implements AccountDirectory {
  private record WatchedSecrets(KubernetesClient client, SecretVersions versions)
      implements AccountKeyring.SecretSource {
    @Override
    public Optional<Secret> read(ResourceId id) {
      return Optional.ofNullable(
          client.secrets().inNamespace(id.namespace()).withName(id.name()).get());
    }

    @Override
    public Optional<String> version(ResourceId id) {
      return versions.version(id);
    }
  }

  private final KubernetesClient client;
  private final NamespaceLabels namespaces;
  private final AccountKeyring keyring;
  private final WrittenAccounts written = new WrittenAccounts();
  private final AtomicReference<Optional<IndexedResourceCache<CloudElementsAccount>>> cache =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean unlisted = new AtomicBoolean();
  private final AtomicReference<BooleanSupplier> synced = new AtomicReference<>(() -> false);

  /**
   * @param defaultBaseUrl of an account that names none
   */
  public AccountCache(
      KubernetesClient client,
      SecretVersions secretVersions,
      NamespaceLabels namespaces,
      URI defaultBaseUrl) {
    this.client = client;
    this.namespaces = namespaces;
    this.keyring = new AccountKeyring(new WatchedSecrets(client, secretVersions), defaultBaseUrl);
  }

  /**
   * Account objects cannot be listed: there is none. A question that the API server answers with an
   * error would fail every reconcile that asks it.
   */
  public void haveNone() {
    unlisted.set(true);
  }

  /** Takes the framework's cache into use. */
  void attach(IndexedResourceCache<CloudElementsAccount> accounts) {
    cache.set(Optional.of(accounts));
  }

  /**
   * @param filled whether the cache holds what the API server holds
   */
  void begin(BooleanSupplier filled) {
    synced.set(filled);
  }

  /** All of them, as the informer has them. */
  Stream<CloudElementsAccount> all() {
    return cache.get().stream().flatMap(IndexedResourceCache::list);
  }

  /** What this process knows; until the informer is filled, what the API server lists. */
  @Override
  public Optional<CloudElementsAccount> account(ResourceId name) {
    return cache
        .get()
        .filter(_ -> synced.get().getAsBoolean())
        .map(known -> known.get(new ResourceID(name.name(), name.namespace())))
        .orElseGet(() -> latest(name))
        .map(written::newest);
  }

  /** By a list, for which the operator has the right anyway. */
  private Optional<CloudElementsAccount> latest(ResourceId name) {
    if (unlisted.get()) {
      return Optional.empty();
    }
    return client
        .resources(CloudElementsAccount.class)
        .inNamespace(name.namespace())
        .withField("metadata.name", name.name())
        .list()
        .getItems()
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Map<String, String>> labels(String namespace) {
    return namespaces.of(namespace);
  }

  @Override
  public String applicationVersion(CloudElementsAccount account) {
    return keyring.applicationVersion(account);
  }

  @Override
  public Optional<Keys> keys(CloudElementsAccount account) {
    try {
      return keyring.keys(account);
    } catch (KubernetesClientException e) {
      if (ApiServerFailure.of(e).refused()) {
        // The account's own reconcile tells its owner why; a tenant need not know its Secret.
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The accounts as this process wrote them. */
  WrittenAccounts written() {
    return written;
  }

  /** What opens the accounts. */
  AccountKeyring keyring() {
    return keyring;
  }
}
