package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Redacted;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsReaderTest {
  private static final URI BASE = URI.create("https://api.example.com/elements/api-v2");
  private static final Map<String, String> FULL =
      Map.of(
          "userSecret", "u+/=",
          "organizationSecret", "o",
          "username", "api1",
          "password", "p",
          "serverUrl", "sample.connectwisedev.com",
          "company", "company_f");

  @Test
  void aHelpdeskSecretGivesTheFourEntriesOfTheSeedRequest() {
    // Given
    SecretContent secret = secret(FULL);
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret, secret);
    // Then
    var complete = (CredentialsResult.Complete) result;
    assertThat(revealed(complete))
        .isEqualTo(
            Map.of(
                "helpdesk.connectwise.username", "api1",
                "helpdesk.connectwise.password", "p",
                "helpdesk.connectwise.server.url", "sample.connectwisedev.com",
                "helpdesk.connectwise.company", "company_f"));
    assertThat(complete.account().userSecret()).isEqualTo(Redacted.of("u+/="));
    assertThat(complete.configuration().open())
        .as("the password is never compared with what the service shows")
        .doesNotContain("helpdesk.connectwise.password")
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTWISE_CRM,,crm.connectwise.server.url",
    "CONNECTWISE_CRM,helpdesk.connectwise,helpdesk.connectwise.server.url",
    "CONNECTWISE_CRM_REST,,baseUrl",
  })
  void thePrefixIsTheElementsUnlessTheResourceSaysOtherwise(
      Element element, String prefix, String entry) {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.putAll(Map.of("publicKey", "pub", "privateKey", "priv", "clientId", "c"));
    CredentialsReader reader =
        new CredentialsReader(
            element, prefix == null ? element.defaultPrefix() : prefix, BASE, Map.of());
    // When
    CredentialsResult result = reader.read(secret(data), secret(data));
    // Then
    assertThat(revealed((CredentialsResult.Complete) result))
        .containsEntry(entry, "sample.connectwisedev.com");
  }

  @Test
  void aFriendlyKeyThatIsNamedAsItsEntryIsSentToo() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.putAll(Map.of("publicKey", "pub", "privateKey", "priv", "clientId", "c"));
    CredentialsReader reader =
        new CredentialsReader(Element.CONNECTWISE_CRM_REST, "", BASE, Map.of());
    // When
    CredentialsResult result = reader.read(secret(data), secret(data));
    // Then
    assertThat(revealed((CredentialsResult.Complete) result)).containsEntry("company", "company_f");
  }

  @Test
  void allMissingEntriesAreListedAtOnceWithKeyAndEntry() {
    // Given
    SecretContent secret = secret(Map.of("username", "api1", "password", "", "userSecret", "u"));
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret, secret);
    // Then
    assertThat(((CredentialsResult.Missing) result).missing())
        .containsExactly(
            "key organizationSecret in Secret creds (Authorization header)",
            "key password (configuration entry helpdesk.connectwise.password), which is empty",
            "key serverUrl (configuration entry helpdesk.connectwise.server.url)",
            "key company (configuration entry helpdesk.connectwise.company)");
  }

  @Test
  void theMoreExplicitValueWins() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put("helpdesk.connectwise.company", "raw");
    data.put("helpdesk.connectwise.wsdl.path", "raw");
    data.put("event.notification.signature.key", "s3cret");
    // When
    CredentialsResult result =
        helpdesk(Map.of("helpdesk.connectwise.wsdl.path", "spec")).read(secret(data), secret(data));
    // Then
    var complete = (CredentialsResult.Complete) result;
    assertThat(revealed(complete))
        .containsEntry("helpdesk.connectwise.company", "raw")
        .containsEntry("helpdesk.connectwise.wsdl.path", "spec")
        .containsEntry("event.notification.signature.key", "s3cret");
    assertThat(complete.configuration().open())
        .contains("helpdesk.connectwise.wsdl.path")
        .doesNotContain("event.notification.signature.key");
  }

  @Test
  void aRawEntryReplacesItsFriendlyKey() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.remove("password");
    data.put("helpdesk.connectwise.password", "raw");
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret(data), secret(data));
    // Then
    assertThat(result).isInstanceOf(CredentialsResult.Complete.class);
  }

  /** Whatever leaves the Secret is looked at: account, friendly key and raw entry alike. */
  @ParameterizedTest
  @ValueSource(strings = {"organizationSecret", "company", "event.notification.signature.key"})
  void noKindOfKeyIsSentWithALineBreak(String key) {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put(key, "value\n");
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret(data), secret(data));
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .singleElement()
        .asString()
        .startsWith("key " + key + " in Secret creds has a line break");
  }

  /** A raw entry that names no secret is compared with what the service shows, as derived ones. */
  @Test
  void anEntryIsOpenBecauseOfWhatItIsAndNotOfWhereItCameFrom() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put("helpdesk.connectwise.company", "raw");
    data.put("helpdesk.connectwise.password", "raw");
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret(data), secret(data));
    // Then
    assertThat(((CredentialsResult.Complete) result).configuration().open())
        .contains("helpdesk.connectwise.company")
        .doesNotContain("helpdesk.connectwise.password");
  }

  @ParameterizedTest
  @CsvSource({
    "'p\n',    has a line break or control character; write it without (echo -n or stringData)",
    "'a\r\nb', has a line break or control character; write it without (echo -n or stringData)",
    "' p',     begins or ends with a space; write it without",
  })
  void aValueThatCannotBeSentIsRefusedWithItsKey(String value, String problem) {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put("password", value);
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret(data), secret(data));
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .containsExactly(
            "key password in Secret creds " + problem.replace("echo -n or", "echo -n, or"));
  }

  @Test
  void whatIsNotTextOrNotBase64IsRefused() {
    // Given
    Map<String, String> encoded = new TreeMap<>(encoded(FULL));
    encoded.put("password", Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 0x00}));
    encoded.put("company", "§§§");
    SecretContent secret = content(encoded);
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret, secret);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .containsExactly(
            "key password in Secret creds is not UTF-8 text; was it encoded twice, or is it a binary"
                + " file?",
            "key company in Secret creds is not base64; use stringData, or encode it once");
  }

  @Test
  void noResultPrintsASecret() {
    // Given
    SecretContent secret = secret(FULL);
    // When
    String printed = helpdesk(Map.of()).read(secret, secret).toString();
    // Then
    assertThat(printed).doesNotContain("u+/=").doesNotContain("api1").contains("********");
  }

  private static CredentialsReader helpdesk(Map<String, String> configuration) {
    return new CredentialsReader(
        Element.CONNECTWISE_HD, "helpdesk.connectwise", BASE, configuration);
  }

  private static Map<String, String> revealed(CredentialsResult.Complete complete) {
    Map<String, String> plain = new TreeMap<>();
    complete.configuration().entries().forEach((key, value) -> plain.put(key, value.reveal()));
    return plain;
  }

  private static SecretContent secret(Map<String, String> plain) {
    return content(encoded(plain));
  }

  private static SecretContent content(Map<String, String> data) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("creds")
            .endMetadata()
            .withData(data)
            .build();
    return SecretContent.of(secret);
  }

  private static Map<String, String> encoded(Map<String, String> plain) {
    Map<String, String> encoded = new TreeMap<>();
    plain.forEach((key, value) ->
        encoded.put(
            key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return encoded;
  }
}
