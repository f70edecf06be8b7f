package io.cloudelements.connectwise.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What documents promise about a release, held against the workflow that makes it. */
class ReleaseWorkflowTest {
  private static final Workflow WORKFLOW = Workflow.named("release.yml");
  private static final Pattern STEP = Pattern.compile("deploy/release\\.sh ([a-z-]+)");

  /** The image's name comes from the repository of the run: a fork releases under its own name. */
  @Test
  void the_owner_is_that_of_the_run() {
    // Given
    JsonNode names =
        WORKFLOW.job("verify").steps().stream()
            .filter(step -> step.path("id").asText().equals("names"))
            .findFirst()
            .orElseThrow();
    // When
    String registry = names.path("run").asText();
    // Then
    assertThat(names.at("/env/REPOSITORY").asText()).isEqualTo("${{ github.repository }}");
    assertThat(registry).contains("image=ghcr.io/${REPOSITORY,,}");
    assertThat(WORKFLOW.text()).doesNotContainPattern("ghcr\\.io/[\\w-]");
  }

  /** Every job comes after the check, also those that write. */
  @Test
  void a_tag_that_is_not_the_version_stops_everything() {
    // Given
    List<Workflow.Job> others =
        WORKFLOW.jobs().stream().filter(job -> !job.name().equals("verify")).toList();
    // When
    String commands = WORKFLOW.job("verify").commands();
    // Then
    assertThat(WORKFLOW.tree().at("/on/push/tags/0").asText()).isEqualTo("v*");
    assertThat(WORKFLOW.tree().path("on").properties()).hasSize(1);
    assertThat(commands).startsWith("\ndeploy/release.sh check \"$GITHUB_REF_NAME\"");
    assertThat(commands).contains("./mvnw -B -ntp -Dtests.nothing.skipped=true verify");
    assertThat(others).isNotEmpty().allMatch(job -> job.tree().has("needs"));
  }

  @Test
  void a_job_has_only_the_permissions_that_it_needs() {
    // Given // When
    Stream<Map.Entry<String, Map<String, String>>> permissions =
        WORKFLOW.jobs().stream().map(job -> Map.entry(job.name(), job.permissions()));
    // Then
    assertThat(WORKFLOW.tree().path("permissions")).isEmpty();
    assertThat(permissions)
        .containsExactly(
            Map.entry("verify", Map.of("contents", "read")),
            Map.entry("image", Map.of("contents", "read", "packages", "write")),
            Map.entry("cli", Map.of("contents", "read")),
            Map.entry("scan", Map.of("contents", "read")),
            Map.entry(
                "publish",
                Map.of(
                    "contents", "read",
                    "packages", "write",
                    "id-token", "write",
                    "attestations", "write")),
            Map.entry("release", Map.of("contents", "write")));
  }

  /** An emulated build takes an hour, and its rehearsal of the start proves nothing. */
  @Test
  void each_image_is_built_on_its_own_architecture() {
    // Given
    JsonNode matrix = WORKFLOW.job("image").tree().at("/strategy/matrix/include");
    // When
    List<String> runners =
        StreamSupport.stream(matrix.spliterator(), false)
            .map(row -> row.path("architecture").asText() + " " + row.path("runner").asText())
            .toList();
    // Then
    assertThat(runners).containsExactly("amd64 ubuntu-24.04", "arm64 ubuntu-24.04-arm");
    assertThat(WORKFLOW.job("image").tree().path("runs-on").asText())
        .isEqualTo("${{ matrix.runner }}");
  }

  /** By digest, so that a tag that moves afterwards changes nothing. */
  @Test
  void pushed_images_are_signed_and_attested() {
    // Given
    Workflow.Job publish = WORKFLOW.job("publish");
    // When
    List<JsonNode> provenance =
        publish.steps().stream()
            .filter(
                step -> step.path("uses").asText().startsWith("actions/attest-build-provenance@"))
            .map(step -> step.path("with"))
            .toList();
    // Then
    assertThat(publish.commands())
        .contains(
            "sign \"$IMAGE@$IMAGE_DIGEST\"",
            "sign \"$IMAGE/charts/connectwise-operator@$CHART_DIGEST\"",
            "attest cyclonedx \"$sbom\" \"$IMAGE@$IMAGE_DIGEST\"",
            "sums files");
    assertThat(provenance).hasSize(3);
    assertThat(provenance.stream().map(with -> with.path("subject-digest").asText()))
        .contains("${{ steps.push.outputs.image }}", "${{ steps.push.outputs.chart }}");
    assertThat(provenance.getLast().path("subject-checksums").asText())
        .isEqualTo("files/SHA256SUMS");
  }

  /** An image with a known vulnerability must fail before it is published. */
  @Test
  void a_finding_in_a_library_stops_the_release() {
    // Given
    Workflow.Job scan = WORKFLOW.job("scan");
    // When
    JsonNode publishedAfter = WORKFLOW.job("publish").tree().path("needs");
    // Then
    assertThat(scan.steps()).noneMatch(step -> step.has("continue-on-error"));
    assertThat(scan.commands())
        .contains("in files/*.cdx.json", "\"$grype\" \"sbom:$sbom\" --fail-on high");
    assertThat(StreamSupport.stream(publishedAfter.spliterator(), false).map(JsonNode::asText))
        .contains("scan");
  }

  /** A candidate must not be shown as the latest version. */
  @Test
  void a_candidate_is_a_prerelease() {
    assertThat(WORKFLOW.job("release").commands())
        .contains("[[ $GITHUB_REF_NAME != *-* ]] || kind=(--prerelease)", "\"${kind[@]}\"");
  }

  /** An archive of another platform than this one is run nowhere else. */
  @Test
  void each_archive_of_the_command_line_is_started() {
    assertThat(WORKFLOW.job("cli").commands())
        .contains("/connectwise-operator-*/bin/kubectl-cwi version");
  }

  /** A key of its own would have to be kept, and changed when it is lost. */
  @Test
  void no_secret_is_needed() {
    assertThat(WORKFLOW.text())
        .doesNotContain("secrets.")
        .doesNotContain("SIGN_WITH")
        .doesNotContain("actions/cache@")
        .doesNotContain("cache: maven");
  }

  /** The test of a release on one machine would prove nothing about steps that it does not run. */
  @Test
  void the_test_of_a_release_runs_the_same_steps() throws Exception {
    // Given
    Set<String> notThere =
        Set.of(
            "check", // ReleaseScriptTest
            "layout", // a builder
            "cli", // each platform's own JDK; CommandLineArchiveIT for this one
            "krew"); // CatalogueFilesTest, CommandLineArchiveIT
    String test = Files.readString(Path.of("deploy/release-test.sh"));
    // When
    Stream<String> steps =
        WORKFLOW.jobs().stream()
            .flatMap(job -> STEP.matcher(job.commands()).results())
            .map(step -> step.group(1))
            .distinct()
            .filter(step -> !notThere.contains(step));
    // Then
    assertThat(steps)
        .contains("push", "index", "chart", "push-chart", "sign", "attest", "sums")
        .allSatisfy(step -> assertThat(test).containsPattern("release(\\.sh\")? " + step + "\\b"));
  }

  @Test
  void the_release_has_the_files_that_documents_name() {
    // Given // When
    String commands = WORKFLOW.job("publish").commands() + WORKFLOW.job("release").commands();
    // Then
    assertThat(commands)
        .contains(
            ">files/install.yaml",
            "crds >files/crds.yaml",
            "deploy/namespace.yaml deploy/protect-crd.yaml files",
            "krew files >files/cwi.yaml",
            "olm \"$IMAGE\" \"$image\" files",
            "notes \"$VERSION\" >notes.md",
            "--notes-file notes.md files/*",
            "--verify-tag");
    assertThat(
            WORKFLOW.job("cli").tree().at("/strategy/matrix/include").findValuesAsText("platform"))
        .containsExactly("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64");
  }
}
