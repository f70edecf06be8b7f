package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
  private static final URI BASE = URI.create("https://api.example.com/elements/api-v2");
  private static final Account ACCOUNT = account("user", "organization");

  /** Statuses and metrics carry it, and another way to make it would look like another account. */
  @Test
  void theFingerprintIsMadeAsTheApiDocumentSays() {
    // Given
    // printf 'https://api.example.com/elements/api-v2\0organization\0user' | sha256sum
    String expected = "e11f1d5e3645";
    // When
    String fingerprint = ACCOUNT.fingerprint();
    // Then
    assertThat(fingerprint).isEqualTo(expected);
    assertThat(account("another", "organization").fingerprint()).isNotEqualTo(expected);
  }

  @Test
  void whatItConfidesIsSecretWithItsOwn() {
    // Given
    Account confiding = ACCOUNT.confiding(List.of(Redacted.of("password")));
    // When
    var secrets = confiding.confiding(List.of(Redacted.of("token"))).secrets();
    // Then
    assertThat(secrets)
        .containsExactlyInAnyOrder(
            Redacted.of("user"),
            Redacted.of("organization"),
            Redacted.of("password"),
            Redacted.of("token"));
    assertThat(confiding.fingerprint()).as("the same account").isEqualTo(ACCOUNT.fingerprint());
  }

  private static Account account(String user, String organization) {
    return new Account(BASE, Redacted.of(user), Redacted.of(organization));
  }
}
