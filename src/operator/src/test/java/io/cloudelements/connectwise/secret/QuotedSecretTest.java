package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy may quote what it refuses. */
class QuotedSecretTest {
  private static final String USER = "dXNlci1zZWNyZXQ+/=";
  private static final String ORGANIZATION = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String HEADER =
      "User " + USER + ", Organization " + ORGANIZATION + ", Element the-token";

  @Test
  void masksTheToken() {
    // Given
    Secret secret = secret(Map.of("token", "t+/", "hub", "helpdesk"));
    // When
    String shown = QuotedSecret.masked("denied: {token: t+/, data: dCsv} of hub helpdesk", secret);
    // Then
    assertThat(shown).isEqualTo("denied: {token: ********, data: ********} of hub helpdesk");
  }

  /** The rest of a masked header must not be one of its secrets. */
  @Test
  void masksAHeaderAlthoughAnotherKeyHoldsAPartOfIt() {
    // Given
    Secret secret = secret(Map.of("token", "the-token", "USER", USER, "HEADER", HEADER));
    // When
    String shown = QuotedSecret.masked("denied: " + HEADER + "; " + USER, secret);
    // Then
    assertThat(shown).isEqualTo("denied: ********; ********");
  }

  /** In JSON the value has backslashes before its quotation marks. */
  @Test
  void masksTheSecretsInAValueThatIsQuotedWithEscapes() {
    // Given
    String file = "{\"user\": \"" + USER + "\",\n \"organization\": \"" + ORGANIZATION + "\"}";
    Secret secret = secret(Map.of("token", "the-token", "config.json", file));
    String quoted = file.replace("\"", "\\\"").replace("\n", "\\n");
    // When
    String shown = QuotedSecret.masked("denied: " + quoted, secret);
    // Then
    assertThat(shown).doesNotContain(USER).doesNotContain(ORGANIZATION).contains("user");
  }

  @Test
  void masksAValueAsItIsEncoded() {
    // Given
    Secret secret = secret(Map.of("token", "the-token", "HEADER", HEADER));
    // When
    String shown = QuotedSecret.masked(secret.getData().toString(), secret);
    // Then
    assertThat(shown).isEqualTo("{HEADER=********, token=********}");
  }

  @Test
  void masksAValueOfFourCharacters() {
    // Given
    Secret secret = secret(Map.of("token", "the-token", "PIN", "9281"));
    // When
    String shown = QuotedSecret.masked("denied: PIN is 9281", secret);
    // Then
    assertThat(shown).isEqualTo("denied: PIN is ********");
  }

  /** A port or a flag would be found everywhere. */
  @Test
  void leavesATextLegibleAroundAShortValue() {
    // Given
    Secret secret = secret(Map.of("token", "the-token", "PORT", "8", "DEBUG", ""));
    // When
    String shown = QuotedSecret.masked("denied after 8 s by policy 18", secret);
    // Then
    assertThat(shown).isEqualTo("denied after 8 s by policy 18");
  }

  private static Secret secret(Map<String, String> values) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("acme-token")
        .endMetadata()
        .withData(SecretEntries.encoded(values))
        .build();
  }
}
