package io.cloudelements.connectwise.chart;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * What {@code helm lint --strict} finds in the chart.
   *
   * @param folder of a copy in which the values become the defaults, as Helm's Java library passes
   *     no values to its lint
   */
  static LintResult lint(Path folder, String values) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(FOLDER.relativize(file).toString()), REPLACE_EXISTING);
      }
    }
    Path defaults = folder.resolve("values.yaml");
    Files.writeString(defaults, merged(Files.readString(defaults), values));
    return new Helm(folder).lint().strict().call();
  }

  /** Values in YAML as Helm merges them: the second win, lists are replaced. */
  static String merged(String values, String others) throws IOException {
    return YAML.writeValueAsString(merged(YAML.readTree(values), YAML.readTree(others)));
  }

  private static JsonNode merged(JsonNode values, JsonNode others) {
    if (!(values instanceof ObjectNode) || !(others instanceof ObjectNode)) {
      return others;
    }
    ObjectNode all = values.deepCopy();
    others
        .properties()
        .forEach(entry ->
            all.set(entry.getKey(), merged(values.path(entry.getKey()), entry.getValue())));
    return all;
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
