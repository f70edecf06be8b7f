package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretMaskTest {
  private static final String PASSWORD = "p+ss \"wörd\"\\1";

  static List<String> spellings() {
    return List.of(
        PASSWORD,
        Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)),
        URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
        URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20"),
        "p+ss \\\"wörd\\\"\\\\1");
  }

  /** A log quotes a value as a header, an address, a manifest or a JSON text has it. */
  @ParameterizedTest
  @MethodSource("spellings")
  void takesAValueOutInEachSpelling(String spelling) {
    // Given
    SecretMask mask = SecretMask.of(List.of(secret(Map.of("password", PASSWORD))));
    // When
    String masked = mask.masked("before " + spelling + " after");
    // Then
    assertThat(masked).isEqualTo("before ******** after");
  }

  /** The unmasked end of the longer secret would be printed. */
  @Test
  void takesTheLongerOfTwoValuesOutFirst() {
    // Given
    SecretMask mask =
        SecretMask.of(
            List.of(secret(Map.of("password", "horse-battery", "userSecret", "horse-battery-9"))));
    // When
    String masked = mask.masked("horse-battery-9 horse-battery");
    // Then
    assertThat(masked).isEqualTo("******** ********");
  }

  /** The archive is for reading: an address, a company and a word of three letters stay. */
  @Test
  void leavesWhatResourcesShowAnyway() {
    // Given
    String text = "https://connectwise.example.com acme-company abc";
    SecretMask mask =
        SecretMask.of(
            List.of(
                secret(
                    Map.of(
                        "serverUrl", "https://connectwise.example.com",
                        "company", "acme-company",
                        "password", "abc"))));
    // When
    String masked = mask.masked(text);
    // Then
    assertThat(masked).isEqualTo(text);
  }

  private static Secret secret(Map<String, String> values) {
    SecretBuilder secret = new SecretBuilder().withNewMetadata().withName("acme").endMetadata();
    values.forEach((key, value) ->
        secret.addToData(
            key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return secret.build();
  }
}
