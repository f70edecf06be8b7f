package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.CrdFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Artifact Hub shows of the chart: it reads the annotations as YAML of their own. */
class ChartMetadataTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** A card of a definition that is not installed would promise what is not there. */
  @ParameterizedTest
  @EnumSource
  void definitionIsTheInstalledOne(CrdFile file) throws IOException {
    // Given
    JsonNode crd = Chart.parse(ChartGenerator.read(file.path())).getFirst();
    // When
    JsonNode shown = annotation("crds").get(file.ordinal());
    // Then
    assertThat(shown.get("name")).isEqualTo(crd.at("/metadata/name"));
    assertThat(shown.get("kind")).isEqualTo(crd.at("/spec/names/kind"));
    assertThat(shown.get("version")).isEqualTo(crd.at("/spec/versions/0/name"));
    assertThat(shown.get("displayName").asText()).isNotBlank();
    assertThat(shown.get("description").asText()).isNotBlank();
  }

  /** The example belongs to the definition by its kind, and has no credentials beside it. */
  @Test
  void eachDefinitionHasASampleAsItsExample() throws IOException {
    // Given // When
    JsonNode examples = annotation("crdsExamples");
    // Then
    assertThat(examples)
        .allSatisfy(example ->
            assertThat(example.get("apiVersion").asText()).isEqualTo("cloudelements.io/v1"))
        .extracting(example -> example.get("kind").asText())
        .containsExactly("ConnectWiseInstance", "CloudElementsAccount");
    assertThat(examples.get(0).at("/spec/credentialsSecretRef/name").asText()).isNotBlank();
    assertThat(examples.get(1).at("/spec/secretRef/name").asText()).isNotBlank();
  }

  /**
   * Operator SDK puts an operator that delegates to a service outside of the cluster at level 1.
   */
  @Test
  void capabilityIsThatOfAServiceOutsideOfTheCluster() throws IOException {
    // Given // When
    JsonNode annotations = YAML.readTree(ChartMetadata.render()).get("annotations");
    // Then
    assertThat(annotations.get("artifacthub.io/operatorCapabilities").asText())
        .isEqualTo("Basic Install");
    assertThat(annotations.get("artifacthub.io/category").asText())
        .isEqualTo("integration-delivery");
  }

  private static JsonNode annotation(String name) throws IOException {
    String text =
        YAML.readTree(ChartMetadata.render()).at("/annotations/artifacthub.io~1" + name).asText();
    return YAML.readTree(text);
  }
}
