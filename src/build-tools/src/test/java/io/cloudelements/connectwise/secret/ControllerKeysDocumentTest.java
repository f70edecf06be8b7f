package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on security and the keys that the operator refuses. */
class ControllerKeysDocumentTest {

  /** The refusal points to that page. */
  @Test
  void theSecurityPageListsEveryKey() throws IOException {
    // Given
    String document = Files.readString(Path.of("docs", "security.md"));
    // When
    List<String> missing =
        ControllerKeys.ALL.stream()
            .filter(each ->
                !document.contains("| " + each.controller() + " | ")
                    || !each.keys().stream().allMatch(key -> document.contains("`" + key + "`")))
            .map(ControllerKeys::controller)
            .toList();
    // Then
    assertThat(missing).isEmpty();
  }
}
