package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * Credentials as they are kept between two reconciles: what opens the account and what answers may
 * quote, without the configuration, which only a reconcile with its Secret sends. Equal values are
 * kept once for all resources: a Secret at the bounds has 256 KiB, and a thousand resources may
 * name it.
 */
final class KeptCredentials {
  private final Map<CredentialsResult.Complete, WeakReference<CredentialsResult.Complete>> all =
      new WeakHashMap<>();
  private final Map<SecretValue, WeakReference<SecretValue>> values = new WeakHashMap<>();

  CredentialsResult.Complete keep(CredentialsResult.Complete credentials) {
    Account account = credentials.account();
    return once(
        all,
        new CredentialsResult.Complete(
            new AccountAccess(
                new Account(
                        account.baseUrl(),
                        once(values, account.userSecret()),
                        once(values, account.organizationSecret()))
                    .of(account.organization()),
                credentials.access().knownSecrets().stream()
                    .map(value -> once(values, value))
                    .collect(Collectors.toSet())),
            Configuration.EMPTY));
  }

  private static <T> T once(Map<T, WeakReference<T>> known, T value) {
    return Optional.ofNullable(known.computeIfAbsent(value, WeakReference::new).get())
        .orElse(value);
  }
}
