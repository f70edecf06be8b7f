package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.Resources;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the generated Secret that a resource's template adds. */
class TokenSecretTemplateTest {
  private static final ApplicationSecrets SECRETS =
      new ApplicationSecrets(SecretValue.of("u+/="), SecretValue.of("0123abcd"));

  @Test
  void expandsEveryPlaceholder() {
    // Given
    Map<String, String> texts = new TreeMap<>();
    for (TemplatePlaceholder each : TemplatePlaceholder.values()) {
      texts.put("for-" + each.key(), each.reference());
    }
    // When
    Map<String, String> data = data(texts, Optional.of(SECRETS));
    // Then
    assertThat(data)
        .containsEntry("for-token", "t+/=")
        .containsEntry("for-instanceId", "1234")
        .containsEntry("for-elementKey", "connectwisehd")
        .containsEntry("for-hub", "helpdesk")
        .containsEntry("for-name", "Acme & Söhne")
        .containsEntry("for-uri", "https://api.example.com/elements/api-v2")
        .containsEntry("for-userSecret", "u+/=")
        .containsEntry("for-organizationSecret", "0123abcd")
        .containsEntry("for-authorization", "User u+/=, Organization 0123abcd, Element t+/=")
        .hasSize(TemplatePlaceholder.values().length + TokenSecretValues.KEYS.size());
  }

  /** A schema of an earlier version would let it through. */
  @Test
  void neverReplacesAKeyOfTheOperator() {
    // Given
    Map<String, String> texts = Map.of("token", "mine", "uri", "https://example.com");
    // When
    Map<String, String> data = data(texts, Optional.of(SECRETS));
    // Then
    assertThat(data)
        .containsEntry("token", "t+/=")
        .containsEntry("uri", "https://api.example.com/elements/api-v2");
    assertThat(template(texts).unusableKey()).contains("token");
  }

  /** Nothing of an account that may not be had, not even an empty user in a header. */
  @Test
  void writesNoSecretsOfAnAccountThatGivesNone() {
    // Given
    Map<String, String> texts = Map.of("AUTH", "$(authorization)", "ID", "$(instanceId)");
    // When
    Map<String, String> data = data(texts, Optional.empty());
    // Then
    assertThat(data).containsEntry("AUTH", "$(authorization)").containsEntry("ID", "1234");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "..a", "a b", "a/b", "é", "a\n", "type", "element-key"})
  void refusesAKeyThatNoSecretCanHaveOrThatIsTheOperators(String key) {
    // Given
    TokenSecretTemplate template = template(Map.of(key, "x", "fine", "x"));
    // When
    Optional<String> unusable = template.unusableKey();
    // Then
    assertThat(unusable).contains(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "-", ".env", "a..b", "AUTHORIZATION", "tls.crt", "Token"})
  void takesEveryOtherKey(String key) {
    // Given
    TokenSecretTemplate template = template(Map.of(key, "x"));
    // When
    Optional<String> unusable = template.unusableKey();
    // Then
    assertThat(unusable).isEmpty();
  }

  @Test
  void boundsTheLengthOfAKey() {
    // Given
    TokenSecretTemplate longest = template(Map.of("k".repeat(253), "x"));
    TokenSecretTemplate tooLong = template(Map.of("k".repeat(254), "x"));
    // When
    Optional<String> unusable = tooLong.unusableKey();
    // Then
    assertThat(unusable).isPresent();
    assertThat(longest.unusableKey()).isEmpty();
  }

  @Test
  void namesTheKeyOfAnUnknownPlaceholder() {
    // Given
    TokenSecretTemplate template =
        template(Map.of("A", "$(token)", "B", "$(tokne)", "C", "$(password)"));
    // When
    Optional<String> key = template.keyOfUnknownReference();
    // Then
    assertThat(key).contains("B");
  }

  private static TokenSecretTemplate template(Map<String, String> texts) {
    return new TokenSecretTemplate("acme-token", Map.of(), Map.of(), texts);
  }

  private static Map<String, String> data(
      Map<String, String> texts, Optional<ApplicationSecrets> application) {
    Secret secret =
        TokenSecretContract.build(
                Resources.acme(),
                template(texts),
                new TokenSecretValues(
                    1234,
                    SecretValue.of("t+/="),
                    Element.CONNECTWISE_HD,
                    "Acme & Söhne",
                    URI.create("https://api.example.com/elements/api-v2"),
                    application))
            .orElseThrow();
    Map<String, String> plain = new TreeMap<>();
    secret
        .getData()
        .keySet()
        .forEach(key -> plain.put(key, SecretContent.of(secret).value(key).orElseThrow()));
    return plain;
  }
}
