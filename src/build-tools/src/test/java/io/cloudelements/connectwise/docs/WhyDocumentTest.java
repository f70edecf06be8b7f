package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WhyDocumentTest {
  private static final Path SCREENS =
      Path.of("src", "integration-tests", "src", "test", "resources", "why");
  private static final String MARK = "screen:";

  /** A screen of the page is one that a real state has made. */
  @Test
  void pageShowsKeptScreens() throws IOException {
    // Given
    Map<String, String> kept = new TreeMap<>();
    Map<String, String> shown = new TreeMap<>();
    // When
    for (Markdown.Block block : Markdown.of(Path.of("docs", "why.md")).blocks()) {
      if (block.mark().startsWith(MARK) || block.language().startsWith("text")) {
        String name = block.mark().substring(MARK.length());
        shown.put(name, block.text());
        kept.put(name, Files.readString(SCREENS.resolve(name + ".txt")));
      }
    }
    // Then
    assertThat(shown).hasSizeGreaterThan(3).isEqualTo(kept);
  }
}
