package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The manifests under {@code deploy/}: the chart, rendered for people without Helm. */
final class DeployManifests {
  private static final Path FOLDER = Path.of("deploy");

  /** A name that the chart accepts, put in for {@link #ASKED_NAME}, which it does not. */
  private static final String STAND_IN = "the-name-of-this-cluster";

  /** The operator refuses it at start, so that two clusters never have one name by default. */
  private static final String ASKED_NAME = "<cluster name>";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private static final String NAMESPACE =
      """
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: connectwise-operator
        annotations:
          argocd.argoproj.io/sync-options: Prune=false,Delete=false
          kustomize.toolkit.fluxcd.io/prune: disabled
        labels:
          pod-security.kubernetes.io/enforce: restricted
      """;

  private DeployManifests() {}

  static Map<Path, String> all() {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(FOLDER.resolve("namespace.yaml"), namespace());
    files.put(FOLDER.resolve("install.yaml"), install());
    files.put(FOLDER.resolve("protect-crd.yaml"), protectCrd());
    files.put(FOLDER.resolve("install-namespaced.yaml"), installNamespaced());
    return files;
  }

  private static String namespace() {
    return """
    # The namespace of the operator, for install.yaml. Apart, since what is applied together is deleted together.
    # Written by %s; do not edit.
    #
    # kubectl apply --server-side -f crds/ -f deploy/namespace.yaml
    """
            .formatted(ChartGenerator.COMMAND)
        + NAMESPACE;
  }

  private static String install() {
    return """
    # The operator for the whole cluster, in the namespace connectwise-operator.
    # Rendered from charts/connectwise-operator; do not edit. To write it anew:
    # %s
    #
    # Once a cluster, and before each new version: kubectl apply --server-side -f crds/ -f deploy/namespace.yaml
    # Both are apart, so that deleting this file again leaves every resource and every instance.
    #
    # kubectl apply --server-side -f deploy/install.yaml
    """
            .formatted(ChartGenerator.COMMAND)
        + print(
            Chart.manifests(
                "connectwise-operator",
                """
                crds: {install: false}
                adaptSecurityContext: force # one file for every platform; the image names the user
                """)
                .stream());
  }

  private static String protectCrd() {
    return """
    # Refuses to delete a CRD, with which every resource of its kind would go, until the CRD is annotated
    # cloudelements.io/confirm-deletion: "true". Works alone, beside any way to install; the chart's value is
    # admissionPolicies.protectCrd. Rendered from charts/connectwise-operator; do not edit. To write it anew:
    # %s
    #
    # kubectl apply --server-side -f deploy/protect-crd.yaml
    """
            .formatted(ChartGenerator.COMMAND)
        + print(
            Chart.manifests(
                    "connectwise-operator", "admissionPolicies: {protectCrd: {enabled: true}}")
                .stream()
                .filter(manifest ->
                    manifest.get("kind").asText().startsWith("ValidatingAdmissionPolicy")));
  }

  private static String installNamespaced() {
    return """
    # The operator for the one namespace it lives in, integrations: no right outside of it. Rendered from
    # charts/connectwise-operator; do not edit. To write it anew:
    # %s
    #
    # Once a cluster, by its administrator: kubectl apply --server-side -f crds/
    # Then replace the name of the cluster, which must be one of its own for ever: by it the operator finds its
    # instances again. Until then the operator refuses to start.
    #
    # sed 's/%s/prod-eu/' deploy/install-namespaced.yaml | kubectl apply --server-side -f -
    """
            .formatted(ChartGenerator.COMMAND, ASKED_NAME)
        + print(
                Chart.manifests(
                    "integrations",
                    """
                    watchNamespaces: [integrations]
                    settings: {clusterName: %s}
                    crds: {install: false}
                    adaptSecurityContext: force
                    """
                        .formatted(STAND_IN))
                    .stream())
            .replace(STAND_IN, ASKED_NAME);
  }

  private static String print(Stream<JsonNode> manifests) {
    StringBuilder text = new StringBuilder();
    manifests.map(DeployManifests::withoutHelm).forEach(manifest -> text.append(write(manifest)));
    return text.toString();
  }

  /** Labels and annotations that only mean something where Helm installed it. */
  static JsonNode withoutHelm(JsonNode manifest) {
    for (JsonNode metadata : manifest.findValues("metadata")) {
      if (metadata.get("labels") instanceof ObjectNode labels) {
        labels.remove(List.of("app.kubernetes.io/managed-by", "helm.sh/chart"));
      }
      if (metadata.get("annotations") instanceof ObjectNode annotations) {
        annotations.remove("helm.sh/resource-policy");
        if (annotations.isEmpty()) {
          ((ObjectNode) metadata).remove("annotations");
        }
      }
    }
    return manifest;
  }

  static String write(JsonNode manifest) {
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as YAML: " + manifest, e);
    }
  }
}
