package io.cloudelements.connectwise.installed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.chart.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chart as it may look one version later: another version, and a definition with one field
 * more.
 */
final class NextChart {
  /** The path of the new field in the definition. */
  static final String NEW_FIELD =
      "{.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.newField.type}";

  private static final YAMLMapper YAML = new YAMLMapper();

  private NextChart() {}

  /** Writes it below that directory. */
  static Path in(Path directory) throws IOException {
    Path chart = directory.resolve("next-chart");
    copy(Chart.FOLDER, chart);
    Path head = chart.resolve("Chart.yaml");
    ObjectNode description = (ObjectNode) YAML.readTree(head.toFile());
    YAML.writeValue(head.toFile(), description.put("version", "99.0.0"));
    Path definition = chart.resolve("files/connectwiseinstances.cloudelements.io.yaml");
    JsonNode crd = YAML.readTree(definition.toFile());
    JsonNode spec = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    ((ObjectNode) spec).putObject("newField").put("type", "string");
    YAML.writeValue(definition.toFile(), crd);
    return chart;
  }

  static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }
}
