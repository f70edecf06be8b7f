package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pipeline runs besides this repository. */
class WorkflowTest {

  /** A tag can be moved to other code; a commit cannot. The tag stands beside it for the reader. */
  @Test
  void actions_are_pinned_by_commit() throws IOException {
    // Given
    List<String> uses;
    try (Stream<Path> workflows = Files.list(Path.of(".github", "workflows"))) {
      uses =
          workflows
              .flatMap(file -> lines(file).stream())
              .map(String::strip)
              .filter(line -> line.matches("(- )?uses:.*"))
              .toList();
    }
    // When
    List<String> movable =
        uses.stream()
            .filter(line -> !line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"))
            .toList();
    // Then
    assertThat(uses).isNotEmpty();
    assertThat(movable).isEmpty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
