package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatePictureTest {
  /** The README shows a part of the design's picture, and nothing else. */
  @Test
  void readmeShowsTransitionsOfTheDesign() throws IOException {
    // Given
    List<String> design = transitions(Path.of("docs", "design.md"));
    // When
    List<String> shown = transitions(Path.of("README.md"));
    // Then
    assertThat(shown).hasSizeGreaterThan(5).isSubsetOf(design);
  }

  private static List<String> transitions(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .map(String::strip)
        .filter(line -> line.matches("\\S+ --> \\S+: .*"))
        .toList();
  }
}
