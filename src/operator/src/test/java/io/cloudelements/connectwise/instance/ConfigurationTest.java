package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final SecretValue TOKEN = SecretValue.of("token+/=");
  private static final Configuration SENT = configuration("acme", "hunter2");

  /** It stands in the status of every resource: another way to make it would send them all anew. */
  @Test
  void fingerprintFollowsTheApiDocument() {
    // Given
    // printf 'helpdesk.connectwise.company\0acme\0helpdesk.connectwise.password\0hunter2' |
    //   openssl dgst -sha256 -hmac 'token+/='
    String expected = "85fc46149dc8282b596f21d8625380071adc0ec37c5aae99488fcd1e24b86b69";
    // When
    String fingerprint = SENT.fingerprint(TOKEN);
    // Then
    assertThat(fingerprint).isEqualTo(expected);
  }

  @Test
  void fingerprintDependsOnPasswordAndToken() {
    // Given
    Configuration rotated = configuration("acme", "hunter3");
    // When
    String fingerprint = rotated.fingerprint(TOKEN);
    // Then
    assertThat(fingerprint).isNotEqualTo(SENT.fingerprint(TOKEN));
    assertThat(SENT.fingerprint(SecretValue.of("another"))).isNotEqualTo(SENT.fingerprint(TOKEN));
  }

  /** A masked or hidden value is unknown; a secret one is never compared. */
  @Test
  void onlyAPlainEntryWithAnotherValueDiffers() {
    // Given
    Map<String, String> shown =
        Map.of("helpdesk.connectwise.company", "ACME", "helpdesk.connectwise.password", "other");
    // When
    var differing = SENT.differing(shown);
    // Then
    assertThat(differing).containsExactly("helpdesk.connectwise.company");
    assertThat(SENT.differing(Map.of("helpdesk.connectwise.company", "acme"))).isEmpty();
    assertThat(SENT.differing(Map.of("helpdesk.connectwise.company", Configuration.MASK)))
        .isEmpty();
    assertThat(SENT.differing(Map.of())).isEmpty();
  }

  /** An entry that is not declared plain is redacted from every answer that quotes it. */
  @Test
  void treatsEveryEntryThatIsNotPlainAsSecret() {
    // Given
    Configuration sent = SENT;
    // When
    var secrets = sent.secrets();
    // Then
    assertThat(secrets).containsExactly(SecretValue.of("hunter2"));
  }

  private static Configuration configuration(String company, String password) {
    return new Configuration(
        new TreeMap<>(
            Map.of(
                "helpdesk.connectwise.company", SecretValue.of(company),
                "helpdesk.connectwise.password", SecretValue.of(password))),
        Set.of("helpdesk.connectwise.company"));
  }
}
