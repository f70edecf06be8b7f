package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cluster.CrdFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bundle under {@code deploy/olm} for catalogues of the Operator Lifecycle Manager: chart, CRDs
 * and samples in its format. Without the network policy, which OLM takes since OpenShift 4.20 only,
 * and without the roles for users, which OLM makes of every CRD.
 */
final class OlmBundle {
  static final Path FOLDER = Path.of("deploy", "olm");
  static final Path MANIFESTS = FOLDER.resolve("manifests");
  private static final Path SAMPLES = Path.of("deploy", "samples");

  /** What a console shows first, and fills its form with. */
  private static final String FIRST_SAMPLE = "helpdesk.yaml";

  /**
   * For all namespaces. A bundle's rights cannot be a choice as the chart's are, so it has that for
   * {@code from: Selector}, and the setting with it.
   */
  static final String VALUES =
      "{crds: {install: false}, adaptSecurityContext: force, accounts: {namespaceSelectors: true}}";

  private static final String HEAD =
      "# Generated from the chart; do not edit. To write it anew: " + ChartGenerator.COMMAND + "\n";

  /** For the bundle and for its image. OpenShift 4.17 is Kubernetes 1.30. */
  private static final String ANNOTATIONS =
      """
      operators.operatorframework.io.bundle.mediatype.v1: registry+v1
      operators.operatorframework.io.bundle.manifests.v1: manifests/
      operators.operatorframework.io.bundle.metadata.v1: metadata/
      operators.operatorframework.io.bundle.package.v1: connectwise-operator
      operators.operatorframework.io.bundle.channels.v1: alpha
      operators.operatorframework.io.bundle.channel.default.v1: alpha
      com.redhat.openshift.versions: v4.17
      """;

  private OlmBundle() {}

  /** Each file, relative to the root of the repository, and its content. */
  static Map<Path, String> files() {
    List<JsonNode> installed = Chart.manifests("connectwise-operator", VALUES);
    List<JsonNode> installedByRoles =
        Chart.manifests(
            "connectwise-operator",
            "{crds: {install: false}, watchNamespaces: [watched], settings: {clusterName: name}}");
    ObjectNode version =
        new ClusterServiceVersion(
                Chart.parse(ChartMetadata.render()).getFirst(),
                installed.stream().map(DeployManifests::withoutHelm).toList(),
                installedByRoles,
                samples())
            .render();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(
        MANIFESTS.resolve("connectwise-operator.clusterserviceversion.yaml"),
        // unquoted it is a time to some, and an annotation has to be a text
        file(version).replaceFirst("(createdAt: )(.*)", "$1\"$2\""));
    for (CrdFile crd : CrdFile.values()) {
      files.put(
          MANIFESTS.resolve(crd.path().getFileName()),
          HEAD + ChartGenerator.read(crd.path()).replaceAll("(?m)^#.*\n", ""));
    }
    installed.stream()
        .filter(OlmBundle::isBesideTheOperator)
        .forEach(object -> files.put(MANIFESTS.resolve(fileName(object)), plain(object)));
    files.put(
        FOLDER.resolve("metadata/annotations.yaml"),
        HEAD + "annotations:\n" + ANNOTATIONS.indent(2));
    files.put(FOLDER.resolve("bundle.Dockerfile"), dockerfile());
    return files;
  }

  private static boolean isBesideTheOperator(JsonNode object) {
    String kind = object.get("kind").asText();
    return kind.equals("Service")
        || (kind.equals("ClusterRole")
            && object.at("/metadata/name").asText().endsWith("-service-binding"));
  }

  private static String fileName(JsonNode object) {
    return "%s.%s.yaml"
        .formatted(
            object.at("/metadata/name").asText(),
            object.get("kind").asText().toLowerCase(Locale.ROOT));
  }

  /** OLM chooses the namespace. */
  private static String plain(JsonNode object) {
    ObjectNode copy = DeployManifests.withoutHelm(object).deepCopy();
    ((ObjectNode) copy.get("metadata")).remove("namespace");
    return file(copy);
  }

  /** Without a marker: OLM's reader takes the first document only, which the comment would be. */
  private static String file(JsonNode object) {
    return HEAD + DeployManifests.write(object).replaceFirst("^---\n", "");
  }

  private static String dockerfile() {
    String labels =
        ANNOTATIONS
            .lines()
            .map(line -> "LABEL " + line.replaceFirst(": ", "="))
            .collect(Collectors.joining("\n"));
    return HEAD
        + """
        # docker build -f deploy/olm/bundle.Dockerfile -t registry.example.com/connectwise-operator-bundle:%s deploy/olm
        FROM scratch
        %s
        COPY manifests /manifests/
        COPY metadata /metadata/
        """
            .formatted(ProjectVersion.read(), labels);
  }

  private static List<JsonNode> samples() {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .sorted(
              Comparator.comparing((Path file) -> !file.endsWith(FIRST_SAMPLE))
                  .thenComparing(Comparator.naturalOrder()))
          .flatMap(file -> Chart.parse(ChartGenerator.read(file)).stream())
          .filter(object -> object.get("apiVersion").asText().equals("cloudelements.io/v1"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
