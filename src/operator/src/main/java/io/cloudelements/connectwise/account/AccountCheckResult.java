package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.instance.Account;
import java.util.Optional;

/**
 * What a check of an account found.
 *
 * @param message what its owner should know and do; free of secrets
 * @param verified what the service accepted; empty: nothing new
 */
public record AccountCheckResult(
    AccountReason reason, String message, Optional<Verified> verified) {

  /**
   * @param account with its identity
   * @param organization that the service told
   */
  public record Verified(Account account, Optional<AccountOrganization> organization) {}

  /** The same, with more to say. */
  AccountCheckResult adding(String more) {
    return new AccountCheckResult(reason, message + more, verified);
  }

  static AccountCheckResult of(AccountReason reason, String message) {
    return new AccountCheckResult(reason, message, Optional.empty());
  }
}
