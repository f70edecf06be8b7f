package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.SecretValue;

/**
 * The two secrets of an account with which an application calls the service beside its instance's
 * token (contract §1).
 */
public record ApplicationSecrets(SecretValue userSecret, SecretValue organizationSecret) {

  /** Those that the operator itself uses: they come from the resource's own Secrets. */
  public static ApplicationSecrets of(Account account) {
    return new ApplicationSecrets(account.userSecret(), account.organizationSecret());
  }
}
