package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An account of the platform, by its identity: where it is and the two secrets that open it
 * (contract §1). Other secrets that its answers may quote are in {@link AccountAccess}.
 */
public final class Account {
  private final URI baseUrl;
  private final SecretValue userSecret;
  private final SecretValue organizationSecret;
  private final Optional<String> organization;
  private final String fingerprint;

  /**
   * An account whose identity are its secrets.
   *
   * @param baseUrl API base including {@code /elements/api-v2}, without a trailing slash
   */
  public Account(URI baseUrl, SecretValue userSecret, SecretValue organizationSecret) {
    this(baseUrl, userSecret, organizationSecret, Optional.empty());
  }

  private Account(
      URI baseUrl,
      SecretValue userSecret,
      SecretValue organizationSecret,
      Optional<String> organization) {
    this.baseUrl = baseUrl;
    this.userSecret = userSecret;
    this.organizationSecret = organizationSecret;
    this.organization = organization;
    this.fingerprint =
        organization
            .map(id -> ofOrganization(baseUrl, id))
            .orElseGet(() -> fingerprintAt(CanonicalUrl.of(baseUrl)));
  }

  /**
   * The same account, known by its organization: another user of it, or a secret that was reset,
   * makes no other account.
   *
   * @param id what the service tells of the organization (contract §11)
   */
  public Account of(Optional<String> id) {
    return new Account(baseUrl, userSecret, organizationSecret, id);
  }

  public URI baseUrl() {
    return baseUrl;
  }

  public SecretValue userSecret() {
    return userSecret;
  }

  public SecretValue organizationSecret() {
    return organizationSecret;
  }

  /** Id of its organization, where that is its identity. */
  public Optional<String> organization() {
    return organization;
  }

  /**
   * Twelve hex digits that tell accounts apart and reveal nothing; shown in {@code status.account}.
   * The same however the base URL is spelled.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** Its name without its secrets. The same however the base URL is spelled. */
  public AccountKey key() {
    return new AccountKey(
        fingerprint(), CanonicalUrl.authority(baseUrl), fingerprintAt(CanonicalUrl.of(baseUrl)));
  }

  /**
   * Changes with the secrets and reveals nothing: they are the key of the digest, not its text.
   *
   * @param owner whose digest it is, so that two owners of the same secrets differ
   */
  public String revision(String owner) {
    return Fingerprint.hmacSha256(
            SecretValue.of(organizationSecret.reveal() + "\0" + userSecret.reveal()),
            List.of(owner))
        .substring(0, 12);
  }

  /**
   * Whether that is this account's fingerprint, or the one by its secrets, or was in a version that
   * took each spelling of the base URL for an account of its own.
   */
  public boolean isKnownAs(String recorded) {
    return recorded.equals(fingerprint)
        || CanonicalUrl.spellings(baseUrl).stream()
            .map(this::fingerprintAt)
            .anyMatch(recorded::equals);
  }

  /** The fingerprint of every account of an organization. */
  public static String ofOrganization(URI baseUrl, String id) {
    return Fingerprint.sha256(CanonicalUrl.of(baseUrl), "organization", id).substring(0, 12);
  }

  private String fingerprintAt(String url) {
    return Fingerprint.sha256(url, organizationSecret.reveal(), userSecret.reveal())
        .substring(0, 12);
  }

  /** Of the same URL in the same spelling, to which calls go as it is written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Account account
        && baseUrl.equals(account.baseUrl)
        && userSecret.equals(account.userSecret)
        && organizationSecret.equals(account.organizationSecret)
        && organization.equals(account.organization);
  }

  @Override
  public int hashCode() {
    return Objects.hash(baseUrl, userSecret, organizationSecret);
  }

  @Override
  public String toString() {
    return "Account[" + fingerprint + "]";
  }
}
