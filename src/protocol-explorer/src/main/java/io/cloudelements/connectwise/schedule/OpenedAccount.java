package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.ScheduledService.BASE_URL;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Which account secrets open, by its fingerprint. */
final class OpenedAccount {
  private OpenedAccount() {}

  /** The fingerprint of the account that one of the Secrets opens. */
  static Optional<String> accountOf(Collection<Secret> secrets) {
    return secrets.stream()
        .map(Secret::getData)
        .filter(data -> data != null && data.containsKey("userSecret"))
        .findFirst()
        .map(data -> fingerprint(decoded(data, "userSecret"), decoded(data, "organizationSecret")));
  }

  private static String decoded(Map<String, String> data, String key) {
    return new String(Base64.getDecoder().decode(data.get(key)), StandardCharsets.UTF_8);
  }

  /** The fingerprint of the account that these two secrets open. */
  static String fingerprint(String user, String organization) {
    return new Account(BASE_URL, SecretValue.of(user), SecretValue.of(organization)).fingerprint();
  }
}
