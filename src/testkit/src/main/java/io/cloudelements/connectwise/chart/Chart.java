package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart as Helm sees it. */
public final class Chart {
  /** Relative to the root of the repository, where the build runs. */
  public static final Path FOLDER = Path.of("charts", "connectwise-operator");

  private static final YAMLMapper YAML = new YAMLMapper();

  private Chart() {}

  /**
   * What {@code helm template} prints for a release named like the chart.
   *
   * @param values YAML that wins over the chart's defaults
   * @throws IllegalStateException Helm's refusal
   */
  public static String render(String namespace, String values) {
    return withFile(
        values,
        file ->
            new Helm(FOLDER)
                .template()
                .withName("connectwise-operator")
                .withNamespace(namespace)
                .withKubeVersion(
                    "1.37.2") // the library's own default is older than the chart allows
                .withValuesFile(file)
                .call());
  }

  /** The objects of {@link #render}. */
  public static List<JsonNode> manifests(String namespace, String values) {
    return parse(render(namespace, values));
  }

  /** What {@code helm install} prints of a release named like the chart; installs nothing. */
  static String notes(String values) {
    return withFile(
        values,
        file ->
            new Helm(FOLDER)
                .install()
                .withName("connectwise-operator")
                .withNamespace("connectwise-operator")
                .withKubeVersion("1.37.2")
                .clientOnly()
                .withDryRunOption(DryRun.CLIENT)
                .withValuesFile(file)
                .call()
                .getOutput());
  }

  /** What {@code helm lint --strict} finds in the chart with its defaults. */
  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  static List<JsonNode> parse(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface FileUse {
    String with(Path file);
  }

  private static String withFile(String content, FileUse use) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        return use.with(Files.writeString(file, content));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
