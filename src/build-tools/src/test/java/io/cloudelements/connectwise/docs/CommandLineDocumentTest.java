package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineDocumentTest {
  private static final String PROGRAM = "connectwise-operator ";

  /** The command of the page prints the output that the page shows. */
  @Test
  void pageShowsTheOutputOfItsCommand() {
    // Given
    List<Markdown.Block> blocks = Markdown.of(Path.of("docs", "cli.md")).blocks();
    String command =
        blocks.stream()
            .filter(block -> block.mark().equals("run"))
            .map(block -> block.text().strip())
            .findFirst()
            .orElseThrow();
    List<String> shown =
        blocks.stream()
            .filter(block -> block.language().isEmpty())
            .flatMap(block -> block.text().lines())
            .filter(line -> !line.strip().equals("…"))
            .toList();
    // When
    CommandRun result = CommandRun.of(command.substring(PROGRAM.length()).split(" "));
    // Then
    assertThat(command).startsWith(PROGRAM);
    assertThat(result.exitCode()).as(result.errors()).isZero();
    assertThat(shown).isNotEmpty();
    assertThat(result.output().lines()).containsSubsequence(shown);
  }
}
