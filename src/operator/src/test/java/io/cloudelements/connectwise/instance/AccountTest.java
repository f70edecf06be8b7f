package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {
  private static final URI BASE = URI.create("https://api.example.com/elements/api-v2");
  private static final Account ACCOUNT = account("user", "organization");

  /** Statuses and metrics carry it, and another way to make it would look like another account. */
  @Test
  void fingerprintFollowsTheApiDocument() {
    // Given
    // printf 'https://api.example.com/elements/api-v2\0organization\0user' | sha256sum
    String expected = "e11f1d5e3645";
    // When
    String fingerprint = ACCOUNT.fingerprint();
    // Then
    assertThat(fingerprint).isEqualTo(expected);
    assertThat(account("another", "organization").fingerprint()).isNotEqualTo(expected);
  }

  /** Calls go to the URL as it is written, so that two spellings are not equal. */
  @Test
  void equalsAnAccountWithTheSameUrlAndSecrets() {
    // Given
    Account same = account("user", "organization");
    List<Account> others =
        List.of(account("another", "organization"), account("user", "another"), at(BASE + "/"));
    // When
    boolean equal = ACCOUNT.equals(same);
    // Then
    assertThat(equal).isTrue();
    assertThat(same).hasSameHashCodeAs(ACCOUNT);
    assertThat(others).doesNotContain(ACCOUNT);
  }

  @Test
  void printsNoSecret() {
    // Given
    Account account = account("canary-1", "canary-2");
    // When
    String printed = account.toString() + AccountAccess.to(account);
    // Then
    assertThat(printed).contains(account.fingerprint()).doesNotContain("canary");
  }

  @Test
  void secretsIncludeKnownSecretsAndTheAccounts() {
    // Given
    AccountAccess access =
        AccountAccess.to(ACCOUNT).withKnownSecrets(List.of(SecretValue.of("password")));
    // When
    var secrets = access.withKnownSecrets(List.of(SecretValue.of("token"))).secrets();
    // Then
    assertThat(secrets)
        .containsExactlyInAnyOrder(
            SecretValue.of("user"),
            SecretValue.of("organization"),
            SecretValue.of("password"),
            SecretValue.of("token"));
  }

  private static Account account(String user, String organization) {
    return new Account(BASE, SecretValue.of(user), SecretValue.of(organization));
  }

  /** One account with two names would have two limits, and its instances would look orphaned. */
  @ParameterizedTest
  @CsvSource({
    "https://api.cloud-elements.com/elements/api-v2,"
        + " https://API.Cloud-Elements.COM/elements/api-v2",
    "https://api.cloud-elements.com/elements/api-v2,"
        + " HTTPS://api.cloud-elements.com:443/elements/api-v2/",
    "https://api.cloud-elements.com/elements/api-v2,"
        + " https://console.cloud-elements.com/elements/api-v2",
    "https://api.cloud-elements.co.uk/elements/api-v2,"
        + " https://Console.cloud-elements.co.uk/elements/api-v2",
    "http://127.0.0.1/elements/api-v2, http://127.0.0.1:80/elements/api-v2/"
  })
  void fingerprintIsTheSameForEverySpellingOfTheUrl(String canonical, String other) {
    // Given
    Account account = at(canonical);
    // When
    AccountKey key = at(other).key();
    // Then: with one share of the host's connections too
    assertThat(key).isEqualTo(account.key());
    assertThat(at(other).fingerprint()).isEqualTo(account.fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.cloud-elements.com/elements/api-v2,"
        + " https://api.cloud-elements.co.uk/elements/api-v2",
    "https://api.cloud-elements.com/elements/api-v2, http://api.cloud-elements.com/elements/api-v2",
    "https://api.example.com/elements/api-v2, https://console.example.com/elements/api-v2",
    "https://api.cloud-elements.com/elements/api-v2,"
        + " https://api.cloud-elements.com:8443/elements/api-v2"
  })
  void anotherUrlIsAnotherAccount(String one, String other) {
    // Given
    Account account = at(one);
    // When
    boolean same = at(other).isKnownAs(account.fingerprint());
    // Then
    assertThat(same).isFalse();
  }

  /**
   * An upgrade must write nothing to what is converged: the usual spelling keeps its fingerprint.
   */
  @Test
  void keepsTheFingerprintOfEarlierVersions() {
    // Given
    String url = "https://api.cloud-elements.com/elements/api-v2";
    // When
    String fingerprint = at(url).fingerprint();
    // Then
    assertThat(fingerprint)
        .isEqualTo(Fingerprint.sha256(url, "organization", "user").substring(0, 12));
  }

  /** Where an earlier version took a spelling for an account, that is no other account now. */
  @ParameterizedTest
  @CsvSource({
    "https://console.cloud-elements.com/elements/api-v2,"
        + " https://console.cloud-elements.com/elements/api-v2",
    "https://console.cloud-elements.com/elements/api-v2,"
        + " https://api.cloud-elements.com/elements/api-v2",
    "https://API.cloud-elements.com/elements/api-v2, https://API.cloud-elements.com/elements/api-v2"
  })
  void recognisesTheFingerprintOfAnEarlierVersion(String former, String now) {
    // Given
    String recorded = Fingerprint.sha256(former, "organization", "user").substring(0, 12);
    // When
    boolean known = at(now).isKnownAs(recorded);
    // Then
    assertThat(known).isTrue();
  }

  private static Account at(String url) {
    return new Account(URI.create(url), SecretValue.of("user"), SecretValue.of("organization"));
  }
}
