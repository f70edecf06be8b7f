package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.account.AccountDirectory.Keys;
import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What opens account objects. The secrets of one are read once for all of its resources, and kept
 * as long as they are what the service accepted last; so they are still there when the Secret goes
 * before the last resource.
 */
public final class AccountKeyring {
  /** The Secrets of the cluster. */
  public interface SecretSource {
    /** What the API server has. */
    Optional<Secret> read(ResourceId secret);

    /** Its version, as far as that is seen without a read. */
    Optional<String> version(ResourceId secret);
  }

  /**
   * @param applicationVersion of the application user's Secret when it was read
   */
  private record Kept(String revision, String applicationVersion, Keys keys) {}

  private final SecretSource secrets;
  private final URI defaultBaseUrl;

  /** By the uid of the account. */
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * @param defaultBaseUrl of an account that names none
   */
  public AccountKeyring(SecretSource secrets, URI defaultBaseUrl) {
    this.secrets = secrets;
    this.defaultBaseUrl = defaultBaseUrl;
  }

  /** The Secret that is to open an account, as it is now. */
  public Optional<Secret> secret(CloudElementsAccount account) {
    return AccountTerms.of(account).secret().flatMap(secrets::read);
  }

  /** Changes with the Secret of the application user. */
  public String applicationVersion(CloudElementsAccount account) {
    return AccountTerms.of(account).applicationSecret().flatMap(secrets::version).orElse("");
  }

  /** What opens it, if that is what the service accepted last. */
  public Optional<Keys> keys(CloudElementsAccount account) {
    Optional<String> verified = AccountFacts.of(account).verified();
    Optional<Kept> known =
        Optional.ofNullable(kept.get(uid(account)))
            .filter(keys -> verified.equals(Optional.of(keys.revision())))
            .filter(keys -> keys.applicationVersion().equals(applicationVersion(account)));
    return known.map(Kept::keys).or(() -> verified.flatMap(revision -> read(account, revision)));
  }

  /** What the service accepted, from now on. */
  public Keys keep(CloudElementsAccount account, Account accepted) {
    String version = applicationVersion(account);
    Optional<ApplicationSecrets> application =
        AccountTerms.of(account)
            .applicationSecret()
            .flatMap(secrets::read)
            .flatMap(secret ->
                CredentialsReader.applicationUser(
                    SecretContent.of(secret), accepted.organizationSecret()))
            // the administrator's own secret is for no application
            .filter(user -> !user.userSecret().equals(accepted.userSecret()));
    Keys keys = new Keys(accepted, application);
    kept.put(uid(account), new Kept(accepted.revision(uid(account)), version, keys));
    return keys;
  }

  /** The account is gone. */
  public void forget(CloudElementsAccount account) {
    kept.remove(uid(account));
  }

  private Optional<Keys> read(CloudElementsAccount account, String revision) {
    Optional<Account> opened =
        secret(account)
            .flatMap(secret -> opened(account, secret, defaultBaseUrl))
            .filter(found -> found.revision(uid(account)).equals(revision))
            .or(() -> keptAccount(account, revision));
    return opened.map(found -> keep(account, found));
  }

  private Optional<Account> keptAccount(CloudElementsAccount account, String revision) {
    return Optional.ofNullable(kept.get(uid(account)))
        .filter(keys -> keys.revision().equals(revision))
        .map(keys -> keys.keys().account());
  }

  /**
   * What a Secret opens for an account, with the organization that it was verified for.
   *
   * @param defaultBaseUrl of an account that names none
   */
  public static Optional<Account> opened(
      CloudElementsAccount account, Secret secret, URI defaultBaseUrl) {
    return AccountTerms.of(account)
        .baseUrl(defaultBaseUrl)
        .map(url -> CredentialsReader.account(SecretContent.of(secret), url))
        .filter(CredentialsResult.Complete.class::isInstance)
        .map(found -> ((CredentialsResult.Complete) found).account())
        .map(found ->
            found.of(AccountFacts.of(account).organization().map(AccountOrganization::id)));
  }

  private static String uid(CloudElementsAccount account) {
    return account.getMetadata().getUid();
  }
}
