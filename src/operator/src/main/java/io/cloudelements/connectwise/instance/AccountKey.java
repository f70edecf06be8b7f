package io.cloudelements.connectwise.instance;

/**
 * Names an account without its secrets.
 *
 * @param fingerprint of the account
 * @param host all accounts of a host share its connections
 * @param secrets the fingerprint of the secrets that open it here: an organization has several
 *     users
 */
public record AccountKey(String fingerprint, String host, String secrets) {
  /** An account whose identity are its secrets. */
  public AccountKey(String fingerprint, String host) {
    this(fingerprint, host, fingerprint);
  }
}
