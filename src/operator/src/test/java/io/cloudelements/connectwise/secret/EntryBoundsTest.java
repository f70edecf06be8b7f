package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is still sent, and what is one byte too much. */
class EntryBoundsTest {
  /** A control character has six bytes in JSON, and a character outside of ASCII at most three. */
  private static final String FOURTEEN_BYTES = "\u0001 \u007F\u0080\u00E9";

  @Test
  void allEntriesTogetherMayHaveExactlyTheLimit() {
    // Given
    String most = FOURTEEN_BYTES + "x".repeat(EntryBounds.MAX_TOTAL_BYTES - 14);
    // When
    List<String> problems = problems(most);
    // Then
    assertThat(problems).isEmpty();
    assertThat(problems(most + "x"))
        .singleElement()
        .asString()
        .contains("have about 262145 bytes in all; at most 262144 are sent");
  }

  private static List<String> problems(String value) {
    SecretContent none =
        SecretContent.of(
            new SecretBuilder().withNewMetadata().withName("creds").endMetadata().build());
    return EntryBounds.ofSizes(none, new TreeSet<>(), Map.of("event.entry", value));
  }
}
