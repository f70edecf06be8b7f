package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.CrdFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The chart's {@code Chart.yaml}, with what Artifact Hub shows of it. The part that depends on who
 * releases it is added by the release.
 */
final class ChartMetadata {
  private static final Path SAMPLES = Path.of("deploy", "samples");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /**
   * The capability is the first of five levels, as Operator SDK's text puts an operator there that
   * delegates to a service outside of the cluster; its other abilities do not count.
   */
  private static final String TEMPLATE =
      """
      # Generated; do not edit. To write it anew: %1$s
      apiVersion: v2
      name: connectwise-operator
      description: Provisions ConnectWise element instances on Cloud Elements from Kubernetes resources.
      type: application
      version: %2$s
      appVersion: %2$s
      kubeVersion: ">=1.30.0-0"
      keywords: [operator, connectwise, cloud-elements, open-connectors, integration]
      annotations:
        artifacthub.io/license: Apache-2.0
        artifacthub.io/category: integration-delivery
        artifacthub.io/operator: "true"
        artifacthub.io/operatorCapabilities: Basic Install
        artifacthub.io/links: |
          - name: Cloud Elements
            url: https://cloud-elements.com
        artifacthub.io/crds: |
      %3$s  artifacthub.io/crdsExamples: |
      %4$s\
      """;

  private ChartMetadata() {}

  static String render() {
    return TEMPLATE.formatted(
        ChartGenerator.COMMAND,
        ProjectVersion.read(),
        yaml(Arrays.stream(CrdFile.values()).map(ChartMetadata::definition).toList()),
        yaml(Arrays.stream(CrdFile.values()).map(ChartMetadata::example).toList()));
  }

  /** In catalogues. */
  private static String displayName(CrdFile file) {
    return switch (file) {
      case INSTANCES -> "ConnectWise instance";
      case ACCOUNTS -> "Cloud Elements account";
    };
  }

  private static Path sample(CrdFile file) {
    return SAMPLES.resolve(
        switch (file) {
          case INSTANCES -> "helpdesk.yaml";
          case ACCOUNTS -> "account.yaml";
        });
  }

  /** The kind, as catalogues present it. */
  static ObjectNode definition(CrdFile file) {
    JsonNode crd = Chart.parse(ChartGenerator.read(file.path())).getFirst();
    JsonNode version = crd.at("/spec/versions/0");
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.set("kind", crd.at("/spec/names/kind"));
    shown.set("version", version.get("name"));
    shown.set("name", crd.at("/metadata/name"));
    shown.put("displayName", displayName(file));
    shown.set("description", version.at("/schema/openAPIV3Schema/description"));
    return shown;
  }

  private static JsonNode example(CrdFile file) {
    JsonNode kind = definition(file).get("kind");
    return Chart.parse(ChartGenerator.read(sample(file))).stream()
        .filter(object -> object.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static String yaml(List<? extends JsonNode> list) {
    try {
      return YAML.writeValueAsString(list).indent(4);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as YAML: " + list, e);
    }
  }
}
