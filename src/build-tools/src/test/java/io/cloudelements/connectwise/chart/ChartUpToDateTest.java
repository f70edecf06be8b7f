package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The generated files of the chart are up to date. */
class ChartUpToDateTest {

  /**
   * A setting that the chart does not know could not be set, a value without a schema not checked.
   */
  @Test
  void committedChartFilesEqualTheGeneratedOnes() {
    // Given // When
    Map<Path, String> generated = ChartGenerator.chartFiles();
    // Then
    generated.forEach(ChartUpToDateTest::isCommitted);
  }

  /** People without Helm get what people with Helm get. */
  @Test
  void plainManifestsAreRenderedFromTheChart() {
    // Given // When
    Map<Path, String> rendered = DeployManifests.all();
    // Then
    rendered.forEach(ChartUpToDateTest::isCommitted);
  }

  /** OLM installs what Helm installs. */
  @Test
  void theBundleIsRenderedFromTheChart() throws IOException {
    // Given // When
    Map<Path, String> rendered = OlmBundle.files();
    // Then
    rendered.forEach(ChartUpToDateTest::isCommitted);
    try (Stream<Path> committed = Files.walk(OlmBundle.FOLDER)) {
      assertThat(committed.filter(Files::isRegularFile))
          .containsExactlyInAnyOrderElementsOf(rendered.keySet());
    }
  }

  /** A kustomization may not use a file of the directory above it, so this one has a copy. */
  @Test
  void theTrialInstallsTheSameManifest() {
    // Given
    Path manifest = Path.of("deploy", "install.yaml");
    Path copy = Path.of("deploy", "try", "install.yaml");
    // When
    String copied = ChartGenerator.read(copy);
    // Then
    assertThat(copied)
        .as("%s is out of date. Write it anew: cp %s %s", copy, manifest, copy)
        .isEqualTo(ChartGenerator.read(manifest));
  }

  /** The chart's default image is the one that this build makes. */
  @Test
  void chartHasTheVersionOfTheBuild()
      throws IOException, ParserConfigurationException, SAXException {
    // Given
    String version =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getDocumentElement()
            .getElementsByTagName("version")
            .item(0)
            .getTextContent();
    // When
    JsonNode chart =
        Chart.parse(ChartGenerator.read(Chart.FOLDER.resolve("Chart.yaml"))).getFirst();
    // Then
    assertThat(chart.get("appVersion").asText()).isEqualTo(version);
    assertThat(chart.get("version").asText()).isEqualTo(version);
    assertThat(ChartGenerator.read(Path.of("deploy", "try", "simulator.yaml")))
        .contains("image: cloud-elements-simulator:" + version + "\n");
  }

  private static void isCommitted(Path file, String content) {
    assertThat(ChartGenerator.read(file))
        .as("%s is out of date. Write it anew: %s", file, ChartGenerator.COMMAND)
        .isEqualTo(content);
  }
}
