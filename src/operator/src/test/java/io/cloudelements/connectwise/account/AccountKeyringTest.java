package io.cloudelements.connectwise.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an account is given to applications. */
class AccountKeyringTest {
  private static final URI BASE_URL = URI.create("https://api.example.com/elements/api-v2");
  private static final Account ACCEPTED =
      new Account(BASE_URL, SecretValue.of("admin"), SecretValue.of("organization"));

  private final StoredSecrets secrets = new StoredSecrets();
  private final AccountKeyring keyring = new AccountKeyring(secrets, BASE_URL);
  private final CloudElementsAccount account =
      Accounts.account("applicationUser: {secretRef: {name: acme-app}}");

  @Test
  void givesApplicationsTheSecretOfTheirOwnUser() {
    // Given
    putApplication("application");
    // When
    Optional<ApplicationSecrets> given = keyring.keep(account, ACCEPTED).application();
    // Then
    assertThat(given)
        .contains(
            new ApplicationSecrets(SecretValue.of("application"), SecretValue.of("organization")));
  }

  /** An owner may put it there by mistake; a tenant's template would then show it. */
  @ParameterizedTest
  @ValueSource(strings = {"admin", " admin", "admin\n"})
  void neverGivesThemTheAccountsOwnUser(String userSecret) {
    // Given
    putApplication(userSecret);
    // When
    Optional<ApplicationSecrets> given = keyring.keep(account, ACCEPTED).application();
    // Then
    assertThat(given).isEmpty();
  }

  @Test
  void givesThemNothingWhereNoUserIsNamed() {
    // Given
    putApplication("application");
    // When
    Optional<ApplicationSecrets> given = keyring.keep(Accounts.account(), ACCEPTED).application();
    // Then
    assertThat(given).isEmpty();
  }

  private void putApplication(String userSecret) {
    secrets.put(
        new ResourceId("platform", "acme-app"), Accounts.secret(Map.of("userSecret", userSecret)));
  }
}
