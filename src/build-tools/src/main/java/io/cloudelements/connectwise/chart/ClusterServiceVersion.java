package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cluster.CrdFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The bundle's {@code ClusterServiceVersion}: what OLM installs of the chart, and what its
 * catalogues show.
 */
final class ClusterServiceVersion {
  private static final Path ICON = Path.of("docs", "icon.svg");

  private static final String TEMPLATE =
      """
      apiVersion: operators.coreos.com/v1alpha1
      kind: ClusterServiceVersion
      metadata:
        name: connectwise-operator.v%s
        namespace: placeholder
        labels:
          operatorframework.io/arch.amd64: supported
          operatorframework.io/arch.arm64: supported
          operatorframework.io/os.linux: supported
        annotations:
          categories: Integration & Delivery
          operatorframework.io/suggested-namespace: connectwise-operator
      spec:
        displayName: ConnectWise operator for Cloud Elements
        description: |
          Provisions ConnectWise **element instances** on [Cloud Elements](https://cloud-elements.com), sold today also as SAP
          Open Connectors, from resources of the kind `ConnectWiseInstance`. It keeps each instance as described, puts its
          **token** into a Secret for the application that needs it, and never creates a duplicate. A `CloudElementsAccount`
          lets resources of several namespaces use one account without its secrets.

          Give the cluster a name of its own that never changes, as part of every instance's ownership tag. It and
          all other settings are environment variables of the Subscription:

          ```yaml
          spec:
            config:
              env:
                - {name: CLUSTER_NAME, value: prod-eu}
          ```

          Without a name the UID of the namespace `kube-system` stands for it, which a rebuilt cluster does not inherit.
        maturity: alpha
        provider:
          name: connectwise-operator
        installModes:
          - {type: OwnNamespace, supported: true}
          - {type: SingleNamespace, supported: true}
          - {type: MultiNamespace, supported: true}
          - {type: AllNamespaces, supported: true}
      """;

  private final JsonNode chart;
  private final List<JsonNode> installed;
  private final List<JsonNode> installedByRoles;
  private final List<JsonNode> samples;

  /**
   * @param chart its metadata
   * @param installed objects of the chart for the whole cluster
   * @param installedByRoles the same for single namespaces
   * @param samples resources, the first as what a user starts with
   */
  ClusterServiceVersion(
      JsonNode chart,
      List<JsonNode> installed,
      List<JsonNode> installedByRoles,
      List<JsonNode> samples) {
    this.chart = chart;
    this.installed = installed;
    this.installedByRoles = installedByRoles;
    this.samples = samples;
  }

  ObjectNode render() {
    ObjectNode version =
        (ObjectNode) Chart.parse(TEMPLATE.formatted(chart.get("version").asText())).getFirst();
    ObjectNode annotations = (ObjectNode) version.at("/metadata/annotations");
    annotations.put("alm-examples", json(samples));
    annotations.set("capabilities", chart.at("/annotations/artifacthub.io~1operatorCapabilities"));
    annotations.put("containerImage", image());
    annotations.put("createdAt", ProjectVersion.time());
    annotations.set("description", chart.get("description"));
    ObjectNode spec = (ObjectNode) version.get("spec");
    spec.set("version", chart.get("version"));
    spec.put(
        "minKubeVersion", chart.get("kubeVersion").asText().replaceAll("[^0-9.]*(.*)-0", "$1"));
    spec.set("keywords", chart.get("keywords"));
    spec.putArray("links")
        .addAll(Chart.parse(chart.at("/annotations/artifacthub.io~1links").asText()));
    spec.putArray("icon")
        .addObject()
        .put(
            "base64data",
            Base64.getEncoder()
                .encodeToString(ChartGenerator.read(ICON).getBytes(StandardCharsets.UTF_8)))
        .put("mediatype", "image/svg+xml");
    ArrayNode owned = spec.putObject("customresourcedefinitions").putArray("owned");
    Arrays.stream(CrdFile.values()).map(ClusterServiceVersion::definition).forEach(owned::add);
    ObjectNode install = spec.putObject("install").put("strategy", "deployment").putObject("spec");
    install.putArray("permissions").add(permissions(namespaceRules()));
    install.putArray("clusterPermissions").add(permissions(clusterRules()));
    install.putArray("deployments").add(deployment());
    spec.putArray("relatedImages").addObject().put("name", "operator").put("image", image());
    return version;
  }

  /** With the columns that kubectl shows as descriptors for a console. */
  private static ObjectNode definition(CrdFile file) {
    JsonNode version =
        Chart.parse(ChartGenerator.read(file.path())).getFirst().at("/spec/versions/0");
    ObjectNode owned = ChartMetadata.definition(file);
    owned
        .putArray("resources")
        .addObject()
        .put("kind", "Secret")
        .put("name", "")
        .put("version", "v1");
    describe(owned.putArray("specDescriptors"), version, ".spec.");
    describe(owned.putArray("statusDescriptors"), version, ".status.");
    return owned;
  }

  private static void describe(ArrayNode descriptors, JsonNode version, String prefix) {
    for (JsonNode column : version.get("additionalPrinterColumns")) {
      String path = column.get("jsonPath").asText();
      if (path.startsWith(prefix) && !path.contains("[")) {
        ObjectNode descriptor = descriptors.addObject();
        descriptor.put("path", path.substring(prefix.length()));
        descriptor.set("displayName", column.get("name"));
        descriptor.set("description", column.get("description"));
      }
    }
  }

  private ObjectNode permissions(List<JsonNode> rules) {
    ObjectNode permissions = JsonNodeFactory.instance.objectNode();
    permissions.set("serviceAccountName", podSpec().get("serviceAccountName"));
    permissions.putArray("rules").addAll(rules);
    return permissions;
  }

  /** What suffices in a namespace; OLM makes a ClusterRole of it where all are watched. */
  private List<JsonNode> namespaceRules() {
    return rules(installedByRoles, role -> role.get("kind").asText().equals("Role"));
  }

  /** What only a ClusterRole can give, however few namespaces are watched. */
  private List<JsonNode> clusterRules() {
    List<JsonNode> namespaceRules = namespaceRules();
    return rules(
            installed,
            role ->
                role.get("kind").asText().equals("ClusterRole")
                    && role.at("/metadata/name").equals(deployed().at("/metadata/name")))
        .stream()
        .filter(rule -> !namespaceRules.contains(rule))
        .toList();
  }

  private static List<JsonNode> rules(List<JsonNode> objects, Predicate<JsonNode> roles) {
    return objects.stream().filter(roles).flatMap(role -> stream(role.get("rules"))).toList();
  }

  private ObjectNode deployment() {
    ObjectNode deployment = JsonNodeFactory.instance.objectNode();
    deployment.set("name", deployed().at("/metadata/name"));
    deployment.set("label", deployed().at("/metadata/labels"));
    ObjectNode spec = deployed().get("spec").deepCopy();
    ((ArrayNode) spec.at("/template/spec/containers/0/env"))
        .addObject()
        .put("name", "WATCH_NAMESPACES")
        .putObject("valueFrom")
        .putObject("fieldRef")
        .put("fieldPath", "metadata.annotations['olm.targetNamespaces']");
    deployment.set("spec", spec);
    return deployment;
  }

  private String image() {
    return podSpec().at("/containers/0/image").asText();
  }

  private JsonNode podSpec() {
    return deployed().at("/spec/template/spec");
  }

  private JsonNode deployed() {
    return installed.stream()
        .filter(object -> object.get("kind").asText().equals("Deployment"))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String json(List<JsonNode> objects) {
    try {
      return JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(objects);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + objects, e);
    }
  }
}
