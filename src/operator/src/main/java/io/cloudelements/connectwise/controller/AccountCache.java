package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The account objects, and what opens them. The secrets of one are read once for all of its
 * resources, and kept as long as they are what the service accepted last; so they are still there
 * when the Secret goes before the last resource.
 */
public final class AccountCache implements AccountDirectory {
  /**
   * @param applicationVersion of the application user's Secret when it was read
   */
  private record Kept(String revision, String applicationVersion, Keys keys) {}

  private final KubernetesClient client;
  private final SecretVersions secretVersions;
  private final NamespaceLabels namespaces;
  private final URI defaultBaseUrl;
  private final AtomicReference<Optional<IndexedResourceCache<CloudElementsAccount>>> cache =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<BooleanSupplier> synced = new AtomicReference<>(() -> false);

  /** By the uid of the account. */
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * @param defaultBaseUrl of an account that names none
   */
  public AccountCache(
      KubernetesClient client,
      SecretVersions secretVersions,
      NamespaceLabels namespaces,
      URI defaultBaseUrl) {
    this.client = client;
    this.secretVersions = secretVersions;
    this.namespaces = namespaces;
    this.defaultBaseUrl = defaultBaseUrl;
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

  /** Until the informer is filled, what the API server has. */
  @Override
  public Optional<CloudElementsAccount> account(ResourceId name) {
    return cache
        .get()
        .flatMap(known ->
            synced.get().getAsBoolean()
                ? known.get(new ResourceID(name.name(), name.namespace()))
                : latest(name));
  }

  Optional<CloudElementsAccount> latest(ResourceId name) {
    return Optional.ofNullable(
        client
            .resources(CloudElementsAccount.class)
            .inNamespace(name.namespace())
            .withName(name.name())
            .get());
  }

  @Override
  public Optional<Map<String, String>> labels(String namespace) {
    return namespaces.of(namespace);
  }

  @Override
  public String applicationVersion(CloudElementsAccount account) {
    return AccountTerms.of(account).applicationSecret().flatMap(secretVersions::version).orElse("");
  }

  @Override
  public Optional<Keys> keys(CloudElementsAccount account) {
    Optional<String> verified = AccountFacts.of(account).verified();
    Optional<Kept> known =
        Optional.ofNullable(kept.get(uid(account)))
            .filter(keys -> verified.equals(Optional.of(keys.revision())))
            .filter(keys -> keys.applicationVersion().equals(applicationVersion(account)));
    return known.map(Kept::keys).or(() -> verified.flatMap(revision -> read(account, revision)));
  }

  private Optional<Keys> read(CloudElementsAccount account, String revision) {
    Optional<Account> opened =
        AccountTerms.of(account)
            .secret()
            .flatMap(this::secret)
            .flatMap(secret -> opened(account, secret))
            .filter(found -> found.revision(uid(account)).equals(revision))
            .or(() -> keptAccount(account, revision));
    return opened.map(found -> keep(account, found));
  }

  private Optional<Account> keptAccount(CloudElementsAccount account, String revision) {
    return Optional.ofNullable(kept.get(uid(account)))
        .filter(keys -> keys.revision().equals(revision))
        .map(keys -> keys.keys().account());
  }

  private Optional<Account> opened(CloudElementsAccount account, Secret secret) {
    return AccountTerms.of(account)
        .baseUrl(defaultBaseUrl)
        .map(url -> CredentialsReader.account(SecretContent.of(secret), url))
        .filter(CredentialsResult.Complete.class::isInstance)
        .map(found -> ((CredentialsResult.Complete) found).account())
        .map(found ->
            found.of(AccountFacts.of(account).organization().map(AccountOrganization::id)));
  }

  /** What the service accepted, from now on. */
  Keys keep(CloudElementsAccount account, Account accepted) {
    String version = applicationVersion(account);
    Optional<ApplicationSecrets> application =
        AccountTerms.of(account)
            .applicationSecret()
            .flatMap(this::secret)
            .flatMap(secret ->
                CredentialsReader.applicationUser(
                    SecretContent.of(secret), accepted.organizationSecret()));
    Keys keys = new Keys(accepted, application);
    kept.put(uid(account), new Kept(accepted.revision(uid(account)), version, keys));
    return keys;
  }

  /** The account is gone. */
  void forget(String uid) {
    kept.remove(uid);
  }

  Optional<Secret> secret(ResourceId id) {
    return Optional.ofNullable(
        client.secrets().inNamespace(id.namespace()).withName(id.name()).get());
  }

  private static String uid(CloudElementsAccount account) {
    return account.getMetadata().getUid();
  }
}
