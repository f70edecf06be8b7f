package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.release.NeedsReleaseTool;
import io.cloudelements.connectwise.release.ReleaseTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundle gives the operator what the chart gives it, and OLM takes it. */
class OlmBundleTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path VERSION_FILE =
      OlmBundle.MANIFESTS.resolve("connectwise-operator.clusterserviceversion.yaml");

  @TempDir private Path folder;

  /** The operator fails without a right that it needs, and a further one has not been approved. */
  @Test
  void the_operator_has_the_rights_that_the_chart_gives_it() throws IOException {
    // Given
    List<JsonNode> installed =
        Chart.manifests("connectwise-operator", OlmBundle.VALUES).stream()
            .filter(object -> object.get("kind").asText().endsWith("Role"))
            .filter(role ->
                role.at("/metadata/name")
                    .asText()
                    .matches("connectwise-operator(-leader-election)?"))
            .flatMap(role -> elements(role.get("rules")))
            .toList();
    // When
    JsonNode install = version().at("/spec/install/spec");
    // Then
    List<JsonNode> inNamespaces = rules(install.get("permissions"));
    List<JsonNode> inTheCluster = rules(install.get("clusterPermissions"));
    assertThat(Stream.concat(inNamespaces.stream(), inTheCluster.stream()))
        .hasSize(11)
        .containsExactlyInAnyOrderElementsOf(installed);
    assertThat(inTheCluster)
        .extracting(rule -> rule.at("/resources/0").asText())
        .containsExactlyInAnyOrder("customresourcedefinitions", "namespaces", "namespaces");
  }

  /** An account that allows namespaces by labels would allow none, and OLM's user cannot add it. */
  @Test
  void labels_of_namespaces_may_be_read_and_are() throws IOException {
    // Given
    JsonNode install = version().at("/spec/install/spec");
    // When
    Stream<JsonNode> rights =
        rules(install.get("clusterPermissions")).stream()
            .filter(rule -> rule.at("/resources/0").asText().equals("namespaces"))
            .filter(rule -> !rule.has("resourceNames"));
    Stream<JsonNode> setting =
        elements(install.at("/deployments/0/spec/template/spec/containers/0/env"))
            .filter(entry -> entry.get("name").asText().equals("ACCOUNT_NAMESPACE_SELECTORS"));
    // Then
    assertThat(rights.flatMap(rule -> elements(rule.get("verbs"))).map(JsonNode::asText))
        .containsExactly("list", "watch");
    assertThat(setting.map(entry -> entry.get("value").asText())).containsExactly("true");
  }

  /** OLM writes the namespaces to watch onto the pod; the operator reads a variable. */
  @Test
  void every_install_mode_is_supported() throws IOException {
    // Given
    JsonNode spec = version().get("spec");
    // When
    Stream<JsonNode> variables =
        elements(spec.at("/install/spec/deployments/0/spec/template/spec/containers/0/env"));
    // Then
    assertThat(
            variables.filter(variable -> variable.get("name").asText().equals("WATCH_NAMESPACES")))
        .singleElement()
        .satisfies(variable ->
            assertThat(variable.at("/valueFrom/fieldRef/fieldPath").asText())
                .isEqualTo("metadata.annotations['olm.targetNamespaces']"));
    assertThat(spec.get("installModes"))
        .hasSize(4)
        .allMatch(mode -> mode.get("supported").asBoolean());
  }

  /** The first one fills the form of a console. */
  @Test
  void every_sample_is_an_example() throws IOException {
    // Given
    String examples = version().at("/metadata/annotations/alm-examples").asText();
    // When
    List<String> names =
        elements(YAML.readTree(examples))
            .map(example -> example.at("/metadata/name").asText())
            .toList();
    // Then
    assertThat(names).startsWith("acme-helpdesk").doesNotHaveDuplicates();
    assertThat(names).containsExactlyInAnyOrderElementsOf(sampleNames());
  }

  private static List<String> sampleNames() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("deploy", "samples"))) {
      return files
          .flatMap(file -> Chart.parse(ChartGenerator.read(file)).stream())
          .filter(object -> object.get("apiVersion").asText().equals("cloudelements.io/v1"))
          .map(object -> object.at("/metadata/name").asText())
          .toList();
    }
  }

  /** A release puts its image into each of these places. */
  @Test
  void the_image_stands_in_three_places() throws IOException {
    // Given
    JsonNode version = version();
    // When
    List<String> images =
        Stream.of(
                "/metadata/annotations/containerImage",
                "/spec/install/spec/deployments/0/spec/template/spec/containers/0/image",
                "/spec/relatedImages/0/image")
            .map(place -> version.at(place).asText())
            .toList();
    // Then
    assertThat(images).containsOnly("connectwise-operator:" + ProjectVersion.read());
    assertThat(
            Files.readString(VERSION_FILE)
                .split("connectwise-operator:" + ProjectVersion.read(), -1))
        .hasSize(1 + images.size());
  }

  /**
   * Of the two warnings one takes the rule about {@code events.k8s.io} for its former version,
   * since rules have none; the other is about the check itself.
   */
  @Test
  @NeedsReleaseTool("operator-verify")
  void olm_accepts_the_bundle(ReleaseTool verify) {
    // Given // When
    List<String> findings = findings(verify, OlmBundle.FOLDER);
    // Then
    assertThat(findings)
        .hasSize(2)
        .allMatch(finding -> finding.contains("level=warning"))
        .anyMatch(finding -> finding.contains("Migrate the API(s) for events: "))
        .anyMatch(finding -> finding.contains("validator is deprecated"));
  }

  /** A check that accepts everything shows nothing. */
  @ParameterizedTest
  @CsvSource({
    "'supported: true', 'supported: false', none of InstallModeTypes are supported",
    "image/svg+xml, image/webp, does not have a valid mediatype",
    "'\"kind\" : \"ConnectWiseInstance\"', '\"kind\" : \"Other\"', example must have a provided"
        + " API",
    "'capabilities: Basic Install', 'capabilities: Basic', not a valid capabilities level",
    "'kind: ConnectWiseInstance\n', 'kind: Other\n', not found in bundle"
  })
  @NeedsReleaseTool("operator-verify")
  void olm_refuses_a_spoilt_bundle(String from, String to, String reason, ReleaseTool verify)
      throws IOException {
    // Given
    Path copy = copy();
    Path version = copy.resolve(OlmBundle.FOLDER.relativize(VERSION_FILE));
    String text = Files.readString(version);
    String spoilt = text.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    assertThat(spoilt).isNotEqualTo(text);
    Files.writeString(version, spoilt);
    // When
    List<String> findings = findings(verify, copy);
    // Then
    assertThat(findings)
        .anyMatch(
            finding -> finding.matches(".*level=(error|fatal).*") && finding.contains(reason));
  }

  @Test
  @NeedsReleaseTool("operator-verify")
  void olm_refuses_a_bundle_without_its_definition(ReleaseTool verify) throws IOException {
    // Given
    Path copy = copy();
    Files.delete(copy.resolve("manifests").resolve(CrdFile.INSTANCES.path().getFileName()));
    // When
    List<String> findings = findings(verify, copy);
    // Then
    assertThat(findings)
        .anyMatch(finding ->
            finding.matches(".*level=(error|fatal).*") && finding.contains("not found in bundle"));
  }

  /** Errors and warnings: it exits with 0 all the same. */
  private static List<String> findings(ReleaseTool verify, Path bundle) {
    Command.CommandResult result =
        verify.command("manifests", "--operatorhub_validate", bundle.toString()).run();
    return result.lines();
  }

  private Path copy() throws IOException {
    try (Stream<Path> files = Files.walk(OlmBundle.FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(OlmBundle.FOLDER.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return folder;
  }

  private static List<JsonNode> rules(JsonNode permissions) {
    assertThat(permissions)
        .singleElement()
        .satisfies(account ->
            assertThat(account.get("serviceAccountName").asText())
                .isEqualTo("connectwise-operator"));
    return elements(permissions.at("/0/rules")).toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode version() throws IOException {
    return YAML.readTree(VERSION_FILE.toFile());
  }
}
