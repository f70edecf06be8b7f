package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  private static final Markdown PAGE =
      new Markdown(
          Path.of("page.md"),
          """
          # Page

          ## First

          ```sh run
          # First of all
          echo first
          ```

          ### Below it

          ```sh run
          echo below
          ```

          ## Second

          ```sh run
          echo second
          ```
          """);

  /** A comment in a shell's block begins like a heading. */
  @Test
  void aSectionGoesOnToTheNextHeadingOfItsLevel() {
    // When
    Markdown section = PAGE.section("First");
    // Then
    assertThat(section.blocks())
        .extracting(Markdown.Block::text)
        .containsExactly("# First of all\necho first\n", "echo below\n");
  }

  @Test
  void aSectionBelowEndsAtTheNextHeadingAboveIt() {
    // When
    Markdown section = PAGE.section("Below it");
    // Then
    assertThat(section.blocks()).extracting(Markdown.Block::text).containsExactly("echo below\n");
  }

  /** A section that was renamed would otherwise be followed without a command. */
  @Test
  void thereIsNoSectionWithoutAHeading() {
    // When // Then
    assertThatThrownBy(() -> PAGE.section("First of all"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("First of all");
  }
}
