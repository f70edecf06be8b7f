package io.cloudelements.connectwise.instance;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * An account to call, and what must not be shown of its answers.
 *
 * @param knownSecrets secrets besides the account's own that the service has received or has given
 *     out, and so may quote in any answer: ConnectWise's, and the instance's token
 */
public record AccountAccess(Account account, Set<SecretValue> knownSecrets) {
  public AccountAccess {
    knownSecrets = Set.copyOf(knownSecrets);
  }

  /** Access to an account that knows no other secrets than its own. */
  public static AccountAccess to(Account account) {
    return new AccountAccess(account, Set.of());
  }

  /** The same, about which the service knows these secrets too. */
  public AccountAccess withKnownSecrets(Collection<SecretValue> more) {
    Set<SecretValue> all = new HashSet<>(knownSecrets);
    all.addAll(more);
    return new AccountAccess(account, all);
  }

  /** Everything that must not be shown when the service quotes it. */
  public Set<SecretValue> secrets() {
    Set<SecretValue> all = new HashSet<>(knownSecrets);
    all.add(account.userSecret());
    all.add(account.organizationSecret());
    return all;
  }
}
