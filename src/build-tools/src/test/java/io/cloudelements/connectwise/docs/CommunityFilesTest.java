package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform shows to a contributor before anything is written. */
class CommunityFilesTest {
  private static final Set<String> KINDS =
      Set.of("markdown", "textarea", "input", "dropdown", "checkboxes");

  /** The platform ignores a form that it cannot read, and offers none. */
  @ParameterizedTest
  @ValueSource(strings = {"bug", "feature"})
  void a_form_is_complete(String name) throws IOException {
    // Given
    Path file = Path.of(".github", "ISSUE_TEMPLATE", name + ".yml");
    // When
    JsonNode form = new YAMLMapper().readTree(file.toFile());
    // Then
    assertThat(form.path("name").asText()).isNotBlank();
    assertThat(form.path("description").asText()).isNotBlank();
    assertThat(form.path("body")).isNotEmpty();
    assertThat(form.path("body").findValuesAsText("id")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(form.path("body").findValuesAsText("type")).isSubsetOf(KINDS);
    assertThat(form.path("body"))
        .filteredOn(field -> !field.path("type").asText().equals("markdown"))
        .allSatisfy(field -> {
          assertThat(field.path("id").asText()).isNotBlank();
          assertThat(field.at("/attributes/label").asText()).isNotBlank();
        });
  }

  /** The form begins with the way to report a vulnerability in private. */
  @Test
  void a_vulnerability_is_not_reported_as_a_bug() throws IOException {
    // Given
    Path form = Path.of(".github", "ISSUE_TEMPLATE", "bug.yml");
    // When
    JsonNode first = new YAMLMapper().readTree(form.toFile()).path("body").path(0);
    // Then
    assertThat(first.at("/attributes/value").asText()).contains("private", "SECURITY.md");
    assertThat(Markdown.of(Path.of("SECURITY.md")).anchors())
        .contains("report-a-vulnerability", "supported-versions");
  }

  /** A reviewer would ask for the same. */
  @Test
  void a_pull_request_is_asked_for_test_and_changelog() {
    // Given // When
    Markdown template = Markdown.of(Path.of(".github", "pull_request_template.md"));
    // Then
    assertThat(template.text())
        .contains("A test fails without this change", "CHANGELOG.md", "Developer Certificate");
  }

  @Test
  void the_code_of_conduct_is_the_covenant() {
    assertThat(Markdown.of(Path.of("CODE_OF_CONDUCT.md")).links())
        .contains(
            "https://www.contributor-covenant.org/version/2/1/code_of_conduct/",
            "SECURITY.md#report-a-vulnerability");
  }
}
