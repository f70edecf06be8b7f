package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import io.cloudelements.connectwise.chart.Chart;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.KubernetesVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The versions of docs/compatibility.md are those of chart, build and tests. */
class CompatibilityTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String PAGE = Markdown.of(Path.of("docs", "compatibility.md")).text();

  @Test
  void the_chart_says_the_oldest_kubernetes() throws IOException {
    // Given
    JsonNode chart = YAML.readTree(Chart.FOLDER.resolve("Chart.yaml").toFile());
    // When
    String range = chart.path("kubeVersion").asText();
    // Then
    assertThat(range).isEqualTo(">=1.30.0-0");
    assertThat(row("Kubernetes")).contains("| 1.30 and later |");
    assertThat(KubernetesVersion.OLDEST).hasToString("1.30");
    assertThat(Markdown.of(Path.of("docs", "install.md")).text())
        .contains("Kubernetes 1.30 or later");
  }

  @Test
  void an_older_kubernetes_is_refused() {
    assertThatThrownBy(() -> new Helm(Chart.FOLDER).template().withKubeVersion("1.29.9").call())
        .hasMessageContaining("requires kubeVersion: >=1.30.0-0");
  }

  @Test
  void the_tests_run_on_the_version_that_is_named() {
    assertThat(row("Kubernetes")).contains("| " + ControlPlaneBinaries.VERSION.substring(1) + " |");
  }

  @Test
  void the_build_is_for_the_java_that_is_named() throws IOException {
    // Given
    String pom = Files.readString(Path.of("pom.xml"));
    // When
    String release = pom.replaceAll("(?s).*<maven.compiler.release>(\\d+)<.*", "$1");
    // Then
    assertThat(row("JDK")).contains("| " + release + ", for the build and the command line;");
  }

  /** A field that is required later would refuse what users have in Git today. */
  @Test
  void a_resource_needs_two_fields_and_an_account_one() {
    // Given
    JsonNode resource = schema(CrdFile.INSTANCES);
    JsonNode account = schema(CrdFile.ACCOUNTS);
    // When
    List<String> ofResource = required(resource);
    List<String> ofAccount = required(account);
    // Then
    assertThat(ofResource).containsExactlyInAnyOrder("hub", "credentialsSecretRef");
    assertThat(ofAccount).containsExactly("secretRef");
  }

  /**
   * An object that is stored passes a stricter constraint of a field, as long as the field stays as
   * it is. It does not pass one over several fields ({@code CrdTighteningIT}).
   */
  @Test
  void rules_over_several_fields_are_those_of_the_first_version() {
    // Given
    JsonNode schema = schema(CrdFile.INSTANCES);
    // When
    List<String> overSpec = fieldsOfRules(schema.at("/properties/spec"));
    List<String> overResource = fieldsOfRules(schema);
    // Then
    assertThat(overSpec)
        .containsExactly(
            ".element",
            ".element",
            ".adoptInstanceId",
            ".tokenSecret.name",
            ".tokenSecret.name",
            ".accountRef",
            ".accountRef",
            ".baseUrl");
    assertThat(overResource)
        .containsExactly(
            ".spec.tokenSecret",
            ".spec.name",
            ".spec.credentialsSecretRef.name",
            ".spec.accountSecretRef.name");
  }

  /** The same for accounts. */
  @Test
  void rules_over_several_fields_of_an_account_are_those_of_the_first_version() {
    // Given
    JsonNode schema = schema(CrdFile.ACCOUNTS);
    // When
    List<String> overSpec = fieldsOfRules(schema.at("/properties/spec"));
    List<String> overNamespaces =
        fieldsOfRules(schema.at("/properties/spec/properties/allowedNamespaces"));
    List<String> overResource = fieldsOfRules(schema);
    // Then
    assertThat(overSpec).containsExactly(".baseUrl", ".baseUrl", ".applicationUser.secretRef.name");
    assertThat(overNamespaces).containsExactly(".names", ".names", ".selector", ".selector");
    assertThat(overResource).isEmpty();
  }

  private static JsonNode schema(CrdFile crd) {
    try {
      return YAML.readTree(crd.path().toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> required(JsonNode schema) {
    JsonNode names = schema.at("/properties/spec/required");
    return StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> fieldsOfRules(JsonNode node) {
    Stream<JsonNode> rules =
        StreamSupport.stream(node.path("x-kubernetes-validations").spliterator(), false);
    return rules.map(rule -> rule.path("fieldPath").asText()).toList();
  }

  private static String row(String with) {
    Stream<String> rows = PAGE.lines().filter(line -> line.startsWith("| " + with + " |"));
    return rows.findFirst().orElseThrow();
  }
}
