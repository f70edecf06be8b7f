package io.cloudelements.connectwise.instance;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * An account of the platform: where it is and the two secrets that open it (contract §1).
 *
 * @param baseUrl API base including {@code /elements/api-v2}, without a trailing slash
 * @param knownSecrets further secrets that the service has been told or has given out, and so may
 *     quote in any answer: ConnectWise's, and the instance's token
 */
public record Account(
    URI baseUrl,
    SecretValue userSecret,
    SecretValue organizationSecret,
    Set<SecretValue> knownSecrets) {
  public Account {
    knownSecrets = Set.copyOf(knownSecrets);
  }

  public Account(URI baseUrl, SecretValue userSecret, SecretValue organizationSecret) {
    this(baseUrl, userSecret, organizationSecret, Set.of());
  }

  /** The same account, about which the service knows these secrets too. */
  public Account withKnownSecrets(Collection<SecretValue> more) {
    Set<SecretValue> all = new HashSet<>(knownSecrets);
    all.addAll(more);
    return new Account(baseUrl, userSecret, organizationSecret, all);
  }

  /** Everything that must not be shown when the service quotes it. */
  public Set<SecretValue> secrets() {
    Set<SecretValue> all = new HashSet<>(knownSecrets);
    all.add(userSecret);
    all.add(organizationSecret);
    return all;
  }

  /**
   * Twelve hex digits that tell accounts apart and reveal nothing; shown in {@code status.account}.
   * The same however the base URL is spelled.
   */
  public String fingerprint() {
    return fingerprint(CanonicalUrl.of(baseUrl));
  }

  /**
   * Whether that is this account's fingerprint, or was in a version that took each spelling of the
   * base URL for an account of its own.
   */
  public boolean isKnownAs(String recorded) {
    return CanonicalUrl.spellings(baseUrl).stream()
        .map(this::fingerprint)
        .anyMatch(recorded::equals);
  }

  private String fingerprint(String url) {
    return Fingerprint.sha256(url, organizationSecret.reveal(), userSecret.reveal())
        .substring(0, 12);
  }
}
