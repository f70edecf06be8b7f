package io.cloudelements.connectwise.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pipeline runs besides this repository, and what it may do. */
class WorkflowTest {

  static List<Workflow> workflows() {
    return Workflow.all();
  }

  /** A tag can be moved to other code; a commit cannot. The tag stands beside it for the reader. */
  @Test
  void actionsArePinnedByCommit() {
    // Given
    List<String> uses =
        workflows().stream()
            .flatMap(workflow -> workflow.text().lines())
            .map(String::strip)
            .filter(line -> line.matches("(- )?uses:.*"))
            .toList();
    // When
    List<String> movable =
        uses.stream()
            .filter(line -> !line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"))
            .toList();
    // Then
    assertThat(uses).isNotEmpty();
    assertThat(movable).isEmpty();
  }

  /** An action pinned at two commits is reviewed at one only. */
  @Test
  void an_action_has_one_commit() {
    // Given
    List<String> pins =
        workflows().stream()
            .flatMap(workflow -> workflow.jobs().stream())
            .flatMap(job -> job.steps().stream())
            .filter(step -> step.has("uses"))
            .map(step -> step.path("uses").asText())
            .distinct()
            .toList();
    // When
    List<String> actions = pins.stream().map(pin -> pin.replaceFirst("@.*", "")).toList();
    // Then
    assertThat(actions).isNotEmpty().doesNotHaveDuplicates();
  }

  /** Without the key at the top a job has the permissions of the repository's setting. */
  @ParameterizedTest
  @MethodSource("workflows")
  void permissions_are_none_or_reading_at_the_top(Workflow workflow) {
    // Given // When
    JsonNode permissions = workflow.tree().path("permissions");
    // Then
    assertThat(permissions.isObject()).isTrue();
    assertThat(permissions.properties())
        .allSatisfy(entry -> assertThat(entry.getValue().asText()).isEqualTo("read"));
  }

  /** Code of a pull request must have no access to secrets. */
  @ParameterizedTest
  @MethodSource("workflows")
  void code_of_others_gets_no_credentials(Workflow workflow) {
    // Given
    JsonNode events = workflow.tree().path("on");
    boolean forOthers = events.has("pull_request");
    // When
    Stream<Workflow.Job> jobs = workflow.jobs().stream();
    // Then
    assertThat(events.has("pull_request_target")).isFalse();
    assertThat(events.has("workflow_run")).isFalse();
    assertThat(workflow.text()).doesNotContain("secrets.");
    if (forOthers) {
      assertThat(jobs.flatMap(job -> job.permissions().values().stream())).isSubsetOf("read");
      assertThat(workflow.text()).doesNotContain("github.token");
    }
  }

  /** The text of an expression becomes part of the script; a variable stays a value. */
  @ParameterizedTest
  @MethodSource("workflows")
  void scripts_take_values_from_variables(Workflow workflow) {
    // Given // When
    Stream<String> scripts = workflow.jobs().stream().map(Workflow.Job::commands);
    // Then
    assertThat(scripts).allSatisfy(script -> assertThat(script).doesNotContain("${{"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void jobs_end(Workflow workflow) {
    assertThat(workflow.jobs())
        .isNotEmpty()
        .allSatisfy(job ->
            assertThat(job.tree().path("timeout-minutes").asInt()).as(job.name()).isPositive());
  }

  /** A label that moves would build with other tools without a commit. */
  @ParameterizedTest
  @MethodSource("workflows")
  void nothing_is_the_latest(Workflow workflow) {
    assertThat(workflow.text()).doesNotContain("-latest").doesNotContain(":latest");
  }

  /** A change is tested before it is accepted. */
  @Test
  void pull_requests_are_verified() {
    // Given // When
    Workflow workflow = Workflow.named("verify.yml");
    // Then
    assertThat(workflow.tree().path("on").has("pull_request")).isTrue();
    assertThat(workflow.job("verify").commands()).contains("./mvnw").contains(" verify");
    assertThat(workflow.job("image").commands())
        .contains(
            "release.sh tool actionlint",
            "release.sh layout target/layout",
            "release-test.sh target/layout");
  }
}
