package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScrubberTest {
  private static final String SECRET = "p&ss/Wörd<1>+\"x\"";

  private final SecretScrubber scrubber =
      SecretScrubber.of(List.of(SecretValue.of(SECRET), SecretValue.of("ab"), SecretValue.of("")));

  static List<Arguments> spellings() {
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    return List.of(
        argumentSet("as it is", SECRET),
        argumentSet("in capitals", "P&SS/WÖRD<1>+\"X\""),
        argumentSet("Base64", Base64.getEncoder().encodeToString(bytes)),
        argumentSet(
            "Base64 without padding", Base64.getEncoder().withoutPadding().encodeToString(bytes)),
        argumentSet("Base64 for URLs", Base64.getUrlEncoder().encodeToString(bytes)),
        argumentSet("URL-encoded", URLEncoder.encode(SECRET, StandardCharsets.UTF_8)),
        argumentSet(
            "URL-encoded in lower case",
            URLEncoder.encode(SECRET, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)),
        argumentSet("in JSON", SECRET.replace("\"", "\\\"")),
        argumentSet("in HTML", "p&amp;ss/Wörd&lt;1&gt;+&quot;x&quot;"),
        argumentSet("without its markup", "p&ss/Wörd +\"x\""));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void masksEverySpellingOfASecret(String spelling) {
    // Given
    String text = "login as [" + spelling + "] failed";
    // When
    Optional<String> shown = scrubber.clean(text);
    // Then: every one of these can be turned back into the secret
    assertThat(shown).contains("login as [********] failed");
  }

  @Test
  void masksASecretInsideALongerBase64() {
    // Given: Basic credentials, where the secret begins at any of three offsets
    List<String> headers =
        List.of("x:", "xy:", "xyz:").stream()
            .map(user -> (user + SECRET + "!").getBytes(StandardCharsets.UTF_8))
            .map(Base64.getEncoder()::encodeToString)
            .toList();
    // When
    List<String> shown =
        headers.stream().map(header -> scrubber.clean(header).orElseThrow()).toList();
    // Then: at most the characters shared with the neighbours are left
    assertThat(shown).allSatisfy(text -> assertThat(text).contains("********").hasSizeLessThan(20));
  }

  @Test
  void masksASecretSplitByMarkup() {
    // Given: removing the markup puts it together again
    SecretScrubber scrubber = SecretScrubber.of(List.of(SecretValue.of("top secret")));
    // When
    Optional<String> shown = scrubber.clean("wrong: top<br/>secret, top\u0000secret");
    // Then
    assertThat(shown).contains("wrong: ********, ********");
  }

  @Test
  void masksAShortSecret() {
    // Given
    String text = "user ab";
    // When
    Optional<String> shown = scrubber.clean(text);
    // Then: too much is masked rather than too little
    assertThat(shown).contains("user ********");
  }

  @Test
  void removesMarkupAndControlCharacters() {
    // Given: what would forge log lines or reorder text in a terminal
    String text = "<p>line one</p>\r\n\u001b[31mred\u202e > \u0007bell";
    // When
    Optional<String> shown = SecretScrubber.of(List.<SecretValue>of()).clean(text);
    // Then
    assertThat(shown).contains("line one [31mred bell");
  }

  /** JSON can name half of a pair, which no status could be sent with. */
  @Test
  void removesHalvesOfSurrogatePairs() throws Exception {
    // Given
    String message = "\\ude00 the name \\ud83d is \\ud83d\\ude00 taken \\ude00\\ud83d";
    JsonNode answer = new JsonMapper().readTree("{\"message\": \"" + message + "\"}");
    // When
    Optional<String> shown = scrubber.clean(answer.get("message").textValue());
    // Then
    assertThat(shown).contains("the name is \uD83D\uDE00 taken");
  }

  /** The text that is looked at ends somewhere, perhaps in the middle of a pair. */
  @Test
  void removesTheHalfThatTheReadLimitLeaves() {
    // Given
    String text = "<br/>".repeat(819) + "\uD83D\uDE00";
    // When
    Optional<String> shown = scrubber.clean("x" + text.substring(1));
    // Then
    assertThat(text.indexOf('\uD83D')).isEqualTo(SecretScrubber.MAX_READ - 1);
    assertThat(shown).contains("xbr/");
  }

  @Test
  void boundsTheLengthOfTexts() {
    // Given: no half of a pair at the cut
    String text = "x".repeat(SecretScrubber.MAX_LENGTH - 2) + "\uD83D\uDE00 and more";
    // When
    String shown = SecretScrubber.of(List.<SecretValue>of()).clean(text).orElseThrow();
    // Then
    assertThat(shown).isEqualTo("x".repeat(SecretScrubber.MAX_LENGTH - 2) + "…");
  }

  @Test
  void masksASecretAtTheLengthLimit() {
    // Given: cut first and masked later, its first half would stay
    String text = "x".repeat(SecretScrubber.MAX_LENGTH - 5) + SECRET;
    // When
    String shown = scrubber.clean(text).orElseThrow();
    // Then
    assertThat(shown).doesNotContain("p&s").hasSizeLessThanOrEqualTo(SecretScrubber.MAX_LENGTH);
  }

  @Test
  void aTextWithoutReadableCharactersIsEmpty() {
    // Given
    String text = " <br/>\u0000 ";
    // When
    Optional<String> shown = scrubber.clean(text);
    // Then
    assertThat(shown).isEmpty();
  }

  /**
   * One tenant's credentials must not cost the others anything: the old pattern took hours here.
   */
  @Test
  @Timeout(60)
  void cleansQuicklyWithTheMostSecrets() {
    // Given: 256 KiB of secrets that begin alike, and a server that answers with their beginning
    String alike = "a".repeat(1_020);
    List<SecretValue> secrets =
        IntStream.range(0, 256)
            .mapToObj(number -> SecretValue.of(alike + "%04d".formatted(number)))
            .toList();
    SecretScrubber scrubber = SecretScrubber.of(secrets);
    String text = "login refused: " + ("a".repeat(127) + "b").repeat(8_192);
    // When
    String shown =
        IntStream.range(0, 100)
            .mapToObj(_ -> scrubber.clean(text))
            .toList()
            .getLast()
            .orElseThrow();
    // Then: what is not quite a secret is shown, as far as texts are shown
    assertThat(shown).startsWith("login refused: aaa").hasSize(SecretScrubber.MAX_LENGTH);
  }

  /** Half of a private key helps to find the rest of it. */
  @Test
  void masksATruncatedLongSecret() {
    // Given
    String key = "-----BEGIN PRIVATE KEY-----" + "MIIEvQIBADANBgkqhkiG9w0".repeat(60);
    SecretScrubber scrubber = SecretScrubber.of(List.of(SecretValue.of(key)));
    // When
    Optional<String> shown = scrubber.clean("not a key: " + key.substring(0, 900) + "...");
    // Then
    assertThat(shown).contains("not a key: ********");
  }

  /** Two secrets that share characters would otherwise leave the end of one behind. */
  @Test
  void masksOverlappingSecrets() {
    // Given
    SecretScrubber scrubber =
        SecretScrubber.of(
            List.of(SecretValue.of("user-4711"), SecretValue.of("4711-organization")));
    // When
    Optional<String> shown = scrubber.clean("no user-4711-organization here");
    // Then
    assertThat(shown).contains("no ******** here");
  }

  /** The text behind the part that is read may continue a secret, also behind markup. */
  @ParameterizedTest
  @ValueSource(strings = {"top secret", "top<br/>secret", "top<b class='secret'>secret"})
  void masksASecretCutOffAtTheReadLimit(String torn) {
    // Given: the cut is behind the secret's first four characters
    SecretScrubber scrubber = SecretScrubber.of(List.of(SecretValue.of("top secret")));
    String text = "wrong:" + " ".repeat(SecretScrubber.MAX_READ - 10) + torn + " and more";
    // When
    Optional<String> shown = scrubber.clean(text);
    // Then
    assertThat(shown).contains("wrong: ********");
  }

  /**
   * Every answer has a request id, which must not cost a look at every spelling of every secret.
   */
  @Test
  void cachesOneScrubberPerAccount() {
    // Given
    SecretScrubber.Cache scrubbers = new SecretScrubber.Cache();
    AccountAccess account = ApiSamples.account("https://api.cloud-elements.com/elements/api-v2");
    SecretScrubber first = scrubbers.scrubber(account, new InstanceCall.Read(7));
    // When
    SecretScrubber second =
        scrubbers.scrubber(account.withKnownSecrets(List.of()), new InstanceCall.Read(8));
    // Then
    assertThat(second).isSameAs(first);
  }
}
