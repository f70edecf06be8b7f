package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.util.Objects;

/**
 * An account of the platform, by its identity: where it is and the two secrets that open it
 * (contract §1). What its answers may quote besides travels with {@link AccountAccess}.
 */
public final class Account {
  private final URI baseUrl;
  private final SecretValue userSecret;
  private final SecretValue organizationSecret;
  private final String fingerprint;

  /**
   * @param baseUrl API base including {@code /elements/api-v2}, without a trailing slash
   */
  public Account(URI baseUrl, SecretValue userSecret, SecretValue organizationSecret) {
    this.baseUrl = baseUrl;
    this.userSecret = userSecret;
    this.organizationSecret = organizationSecret;
    this.fingerprint = fingerprintAt(CanonicalUrl.of(baseUrl));
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

  /**
   * Twelve hex digits that tell accounts apart and reveal nothing; shown in {@code status.account}.
   * The same however the base URL is spelled.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** Its name without its secrets. The same however the base URL is spelled. */
  public AccountKey key() {
    return new AccountKey(fingerprint(), CanonicalUrl.authority(baseUrl));
  }

  /**
   * Whether that is this account's fingerprint, or was in a version that took each spelling of the
   * base URL for an account of its own.
   */
  public boolean isKnownAs(String recorded) {
    return recorded.equals(fingerprint)
        || CanonicalUrl.spellings(baseUrl).stream()
            .map(this::fingerprintAt)
            .anyMatch(recorded::equals);
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
        && organizationSecret.equals(account.organizationSecret);
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
