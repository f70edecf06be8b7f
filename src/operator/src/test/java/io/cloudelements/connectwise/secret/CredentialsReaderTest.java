package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
  void readsTheFourEntriesOfAHelpdeskSecret() {
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
    assertThat(complete.account().userSecret()).isEqualTo(SecretValue.of("u+/="));
    assertThat(complete.configuration().plain())
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
  void prefixDefaultsToThatOfTheElement(Element element, String prefix, String entry) {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.putAll(Map.of("publicKey", "pub", "privateKey", "priv", "clientId", "c"));
    CredentialsReader reader =
        new CredentialsReader(
            element, prefix == null ? element.defaultPrefix() : prefix, BASE, Map.of(), Set.of());
    // When
    CredentialsResult result = reader.read(secret(data), secret(data));
    // Then
    assertThat(revealed((CredentialsResult.Complete) result))
        .containsEntry(entry, "sample.connectwisedev.com");
  }

  @Test
  void sendsAFriendlyKeyNamedLikeItsEntry() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.putAll(Map.of("publicKey", "pub", "privateKey", "priv", "clientId", "c"));
    CredentialsReader reader =
        new CredentialsReader(Element.CONNECTWISE_CRM_REST, "", BASE, Map.of(), Set.of());
    // When
    CredentialsResult result = reader.read(secret(data), secret(data));
    // Then
    assertThat(revealed((CredentialsResult.Complete) result)).containsEntry("company", "company_f");
  }

  @Test
  void listsAllMissingKeysWithTheirEntries() {
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
        helpdesk(Map.of("helpdesk.connectwise.wsdl.path", "/spec"))
            .read(secret(data), secret(data));
    // Then
    var complete = (CredentialsResult.Complete) result;
    assertThat(revealed(complete))
        .containsEntry("helpdesk.connectwise.company", "raw")
        .containsEntry("helpdesk.connectwise.wsdl.path", "/spec")
        .containsEntry("event.notification.signature.key", "s3cret");
    assertThat(complete.configuration().plain())
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
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(result).isInstanceOf(CredentialsResult.Complete.class);
  }

  /** Every value that is sent is checked: account, friendly key and raw entry. */
  @ParameterizedTest
  @ValueSource(strings = {"organizationSecret", "company", "event.notification.signature.key"})
  void refusesALineBreakUnderAnyKey(String key) {
    // Given
    Map<String, String> data = fullWith(key, "value\n");
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .singleElement()
        .asString()
        .startsWith("key " + key + " in Secret creds has a line break")
        .contains("U+000A LINE FEED (LF) at position 6");
  }

  /** A raw entry that names no secret is compared with what the service shows, as derived ones. */
  @Test
  void anEntryIsPlainByItsNameNotItsSource() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put("helpdesk.connectwise.company", "raw");
    data.put("helpdesk.connectwise.password", "raw");
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Complete) result).configuration().plain())
        .contains("helpdesk.connectwise.company")
        .doesNotContain("helpdesk.connectwise.password");
  }

  /** Which character, and where: editors and terminals do not show it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "p\\n"
            + " | has a line break or control character, U+000A LINE FEED (LF) at position 2; write"
            + " it without (echo -n, or stringData)",
        "a\\r\\nb | has a line break or control character, U+000D CARRIAGE RETURN (CR) at position"
            + " 2; write it without (echo -n, or stringData)",
        "pa\u200Bss | has an invisible character, U+200B ZERO WIDTH SPACE at position 3; write it"
            + " without, or type it anew",
        "\uFEFFpass | has an invisible character, U+FEFF ZERO WIDTH NO-BREAK SPACE at position 1;"
            + " write it without, or type it anew",
        "\uD83D\uDE00p\u00A0s | has an invisible character, U+00A0 NO-BREAK SPACE at position 3;"
            + " write it without, or type it anew",
        "p\u3164s | has an invisible character, U+3164 HANGUL FILLER at position 2; write it"
            + " without, or type it anew",
        "p\u034Fs | has an invisible character, U+034F COMBINING GRAPHEME JOINER at position 2;"
            + " write it without, or type it anew",
        "\" p\" | begins with a space, at position 1; write it without",
        "\"p \" | ends with a space, at position 2; write it without",
        "******** | is ********, which the service shows in a secret's place; write the secret",
      })
  void refusesAnInvalidValueWithKeyCharacterAndPosition(String value, String problem) {
    // Given
    Map<String, String> data = fullWith("password", value.translateEscapes());
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .containsExactly("key password in Secret creds " + problem);
  }

  /** Values that are copied from a working request, or from a page that adds something. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "User u+/=",
        "user u",
        "User u, Organization o",
        "Organization o",
        "Element token",
        "Authorization: User u",
        "u+/=,",
        "u\u00E9",
        "u v",
        "u\u200B",
      })
  void refusesAValueThatIsInvalidInAHeader(String value) {
    // Given
    Map<String, String> data = fullWith("userSecret", value);
    // When
    CredentialsResult ofResource = readFromOne(data);
    CredentialsResult ofAccount = CredentialsReader.account(secret(data), BASE);
    // Then
    assertThat(((CredentialsResult.Malformed) ofResource).problems())
        .singleElement()
        .asString()
        .startsWith("key userSecret in Secret creds ")
        .contains("at position ")
        .doesNotContain(value);
    assertThat(((CredentialsResult.Malformed) ofAccount).problems()).hasSize(1);
  }

  @Test
  void takesEveryVisibleAsciiCharacterOfAnAccountSecret() {
    // Given
    String value = "!\"#$%&'()*+-./09:;<=>?@AZ[\\]^_`az{|}~";
    // When
    CredentialsResult result = readFromOne(fullWith("userSecret", value));
    // Then
    assertThat(((CredentialsResult.Complete) result).account().userSecret())
        .isEqualTo(SecretValue.of(value));
  }

  /** A blank value counts as missing under every key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "userSecret",
        "organizationSecret",
        "username",
        "password",
        "serverUrl",
        "company"
      })
  void aBlankValueIsMissing(String key) {
    // Given
    Map<String, String> data = fullWith(key, " \n");
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Missing) result).missing())
        .singleElement()
        .asString()
        .startsWith("key " + key + " ")
        .endsWith(", which is blank");
  }

  @Test
  void aBlankEntryOfTheSpecIsMissing() {
    // Given
    Map<String, String> configuration = Map.of("helpdesk.connectwise.company", " ");
    // When
    CredentialsResult result = helpdesk(configuration).read(secret(FULL), secret(FULL));
    // Then
    assertThat(((CredentialsResult.Missing) result).missing())
        .containsExactly(
            "a value of spec.configuration entry helpdesk.connectwise.company, which is blank");
  }

  /** A Secret often holds more than the credentials; what is not theirs stays in it. */
  @Test
  void onlyKeysOfTheElementAndEventsAreEntries() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put("ca.crt", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    data.put("notes.txt", "ask Ann\n");
    data.put("crm.connectwise.company", "of another element");
    data.put("helpdesk.connectwise.wsdl.path", "/v2017_2/apis/2.0/");
    data.put("event.vendor.type", "webhook");
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    var complete = (CredentialsResult.Complete) result;
    assertThat(complete.configuration().entries())
        .hasSize(6)
        .containsKeys("helpdesk.connectwise.wsdl.path", "event.vendor.type");
    assertThat(complete.configuration().ignored())
        .containsExactly("ca.crt", "crm.connectwise.company", "notes.txt");
  }

  @Test
  void aKeyListedInTheResourceIsAnEntry() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.put("filter.response.nulls", "false");
    data.put("baseURL", "https://example.com");
    // When
    CredentialsResult result =
        helpdesk(Map.of(), "filter.response.nulls", "baseURL", "userSecret")
            .read(secret(data), secret(data));
    // Then
    var complete = (CredentialsResult.Complete) result;
    assertThat(revealed(complete))
        .containsEntry("filter.response.nulls", "false")
        .containsEntry("baseURL", "https://example.com")
        .as("the account's secret, which an older schema lets through")
        .doesNotContainKey("userSecret");
    assertThat(complete.configuration().ignored()).isEmpty();
  }

  @Test
  void aListedKeyThatTheSecretLacksIsMissing() {
    // Given
    SecretContent secret = secret(FULL);
    // When
    CredentialsResult result = helpdesk(Map.of(), "filter.response.nulls").read(secret, secret);
    // Then
    assertThat(((CredentialsResult.Missing) result).missing())
        .containsExactly("key filter.response.nulls (listed in spec.credentialsSecretRef.entries)");
  }

  /** A user who may write the resource may lack the right to read the Secret that it names. */
  @ParameterizedTest
  @CsvSource({
    "helpdesk.connectwise.server.url, evil.example.com",
    "other.server.url, evil.example.com",
    "baseURL, evil.example.com",
    "event.notification.callback.url, https://evil.example.com",
    "event.poller.urls, evil.example.com",
    "proxy.HOST, evil.example.com",
    "event.notification.webhook, https://evil.example.com",
    "event.poller.configuration, '{\"url\": \"HTTP://evil.example.com\"}'",
    "helpdesk.connectwise.wsdl.path, @evil.example.com/",
    "helpdesk.connectwise.wsdl.path, //evil.example.com/",
  })
  void anAddressInTheSpecNeedsTheLabelOfTheSecret(String entry, String value) {
    // Given
    SecretContent plain = secret(FULL);
    SecretContent labelled =
        SecretContent.of(
            new SecretBuilder()
                .withNewMetadata()
                .withName("creds")
                .addToLabels("cloudelements.io/address-from-spec", "true")
                .endMetadata()
                .withData(SecretEntries.encoded(FULL))
                .build());
    // When
    CredentialsResult refused = helpdesk(Map.of(entry, value)).read(plain, plain);
    CredentialsResult allowed = helpdesk(Map.of(entry, value)).read(labelled, labelled);
    // Then
    assertThat(((CredentialsResult.AddressInSpec) refused).entries()).containsExactly(entry);
    assertThat(revealed((CredentialsResult.Complete) allowed)).containsEntry(entry, value);
  }

  @Test
  void aSecretWithoutAnAddressIsIncomplete() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    data.remove("serverUrl");
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Missing) result).missing())
        .singleElement()
        .asString()
        .startsWith("key serverUrl");
  }

  /** Names are kept as long as the resource, so that there are only a few of them. */
  @Test
  void namesAFewOfManyIgnoredKeys() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    for (int i = 10; i < 40; i++) {
      data.put("file.%d".formatted(i), "x");
    }
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Complete) result).configuration().ignored())
        .hasSize(9)
        .startsWith("file.10")
        .endsWith("file.17", "22 more");
  }

  /** One tenant's Secret must not cost what many tenants' do. */
  @Test
  void refusesTooManyEntriesBeforeDecodingThem() {
    // Given
    Map<String, String> encoded = new HashMap<>(SecretEntries.encoded(FULL));
    for (int i = 0; i < 40_000; i++) {
      encoded.put("event.entry.%05d".formatted(i), "not base64, which nothing may find out");
    }
    SecretContent secret = content(encoded);
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret, secret);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .containsExactly(
            "Secret creds and spec.configuration have 40004 entries; at most 256 are sent, move the"
                + " others to another Secret");
  }

  @Test
  void sendsUpTo256Entries() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    for (int i = 0; i < 252; i++) {
      data.put("event.entry.%05d".formatted(i), "x".repeat(1000));
    }
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Complete) result).configuration().entries()).hasSize(256);
  }

  @Test
  void countsTheEntriesOfTheSpecToo() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    for (int i = 0; i < 250; i++) {
      data.put("event.entry.%05d".formatted(i), "x");
    }
    Map<String, String> configuration = Map.of("event.a", "1", "event.b", "2", "event.c", "3");
    // When
    CredentialsResult result = helpdesk(configuration).read(secret(data), secret(data));
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .singleElement()
        .asString()
        .contains("have 257 entries; at most 256 are sent");
  }

  @Test
  void refusesTooLargeValuesWithTheirKeys() {
    // Given
    Map<String, String> large = new HashMap<>(FULL);
    large.put("password", "p".repeat(65_537));
    large.put("userSecret", "u".repeat(65_539));
    // When
    CredentialsResult ofEntry = helpdesk(Map.of()).read(secret(large), secret(FULL));
    CredentialsResult ofAccount = CredentialsReader.account(secret(large), BASE);
    // Then
    assertThat(((CredentialsResult.Malformed) ofEntry).problems())
        .containsExactly(
            "key password in Secret creds has about 65538 bytes; at most 65536 are sent");
    assertThat(((CredentialsResult.Malformed) ofAccount).problems())
        .containsExactly(
            "key userSecret in Secret creds has about 65541 bytes; at most 65536 are sent");
  }

  @Test
  void refusesEntriesThatAreTooLargeTogether() {
    // Given
    Map<String, String> data = new HashMap<>(FULL);
    for (int i = 0; i < 5; i++) {
      data.put("event.entry.%d".formatted(i), "x".repeat(60_000));
    }
    // When
    CredentialsResult result = readFromOne(data);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .singleElement()
        .asString()
        .startsWith("the entries of Secret creds and spec.configuration have about 3000")
        .endsWith("bytes in all; at most 262144 are sent");
  }

  /** Else every answer about the instance, which repeats them, is too long to be read. */
  @Test
  void countsWhatTheSpecSendsAsItIsWritten() {
    // Given
    Map<String, String> configuration = new HashMap<>();
    for (int i = 0; i < 44; i++) {
      configuration.put("event.entry.%d".formatted(i), "\u0001".repeat(4_096));
    }
    SecretContent secret = secret(FULL);
    // When
    CredentialsResult result = helpdesk(configuration).read(secret, secret);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .singleElement()
        .asString()
        .contains("have about 10813")
        .endsWith("bytes in all; at most 262144 are sent");
  }

  @Test
  void refusesValuesThatAreNotTextOrNotBase64() {
    // Given
    Map<String, String> encoded = new TreeMap<>(SecretEntries.encoded(FULL));
    encoded.put("password", Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 0x00}));
    encoded.put("company", "§§§");
    SecretContent secret = content(encoded);
    // When
    CredentialsResult result = helpdesk(Map.of()).read(secret, secret);
    // Then
    assertThat(((CredentialsResult.Malformed) result).problems())
        .containsExactly(
            "key password in Secret creds is not UTF-8 text; was it encoded twice, or is it a"
                + " binary file?",
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

  private static CredentialsReader helpdesk(Map<String, String> configuration, String... listed) {
    return new CredentialsReader(
        Element.CONNECTWISE_HD, "helpdesk.connectwise", BASE, configuration, Set.of(listed));
  }

  private static Map<String, String> revealed(CredentialsResult.Complete complete) {
    Map<String, String> plain = new TreeMap<>();
    complete.configuration().entries().forEach((key, value) -> plain.put(key, value.reveal()));
    return plain;
  }

  private static Map<String, String> fullWith(String key, String value) {
    Map<String, String> data = new HashMap<>(FULL);
    data.put(key, value);
    return data;
  }

  /** Account and entries are in the same Secret, and the spec has no configuration. */
  private static CredentialsResult readFromOne(Map<String, String> data) {
    return helpdesk(Map.of()).read(secret(data), secret(data));
  }

  private static SecretContent secret(Map<String, String> plain) {
    return content(SecretEntries.encoded(plain));
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
}
