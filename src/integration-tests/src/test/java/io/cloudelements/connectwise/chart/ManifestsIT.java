package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every manifest that people apply is accepted by a real API server. */
@RealCluster
class ManifestsIT {
  private static final Path DEPLOY = Path.of("deploy");
  private static final List<String> NAMESPACES =
      List.of(Rendered.NAMESPACE, "team-a", "team-b", "connectwise-accounts");

  @BeforeAll
  static void prepare(ControlPlane controlPlane) {
    controlPlane.installCrds();
    controlPlane.kubectl().runWithInput(DEFINITIONS, "apply", "-f", "-");
    for (String namespace : NAMESPACES) {
      controlPlane.kubectl("create", "namespace", namespace);
      controlPlane.kubectl(
          "label", "namespace", namespace, "pod-security.kubernetes.io/warn=restricted");
    }
  }

  @AfterAll
  static void cleanUp(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(DEFINITIONS, "delete", "-f", "-");
    NAMESPACES.forEach(
        namespace -> controlPlane.kubectl("delete", "namespace", namespace, "--wait=false"));
  }

  /** The API server drops a misspelt field of a template without an error. */
  @ParameterizedTest
  @EnumSource
  void serverAcceptsTheChartWithoutWarnings(Installation installation, ControlPlane controlPlane) {
    // Given
    String manifests =
        Chart.manifests(Rendered.NAMESPACE, installation.yaml()).stream()
            .map(JsonNode::toString)
            .collect(Collectors.joining("\n---\n"));
    // When
    Kubectl.KubectlResult result = controlPlane.kubectl().validates(manifests);
    // Then
    assertThat(result.errors()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  /** A kustomization may be used as it is and as a base. */
  @Test
  void kustomizationHasAllObjectsOfTheManifest(ControlPlane controlPlane) throws IOException {
    // Given
    List<JsonNode> manifest = Chart.parse(Files.readString(DEPLOY.resolve("install.yaml")));
    // When
    List<JsonNode> built = Chart.parse(controlPlane.kubectl("kustomize", DEPLOY.toString()));
    // Then
    assertThat(built).hasSize(manifest.size());
  }

  /** Deleting the operator's objects must delete neither resources nor instances. */
  @ParameterizedTest
  @ValueSource(strings = {"install.yaml", "install-namespaced.yaml", "protect-crd.yaml"})
  void deletableManifestsHaveNeitherCrdNorNamespace(String file) throws IOException {
    // Given // When
    List<JsonNode> manifest = Chart.parse(Files.readString(DEPLOY.resolve(file)));
    // Then
    assertThat(manifest)
        .isNotEmpty()
        .extracting(object -> object.get("kind").asText())
        .doesNotContain("CustomResourceDefinition", "Namespace", "ConnectWiseInstance");
  }

  /**
   * A sample that is refused, or shows a difference when applied again, teaches the wrong thing.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void sampleIsAcceptedAndUnchangedWhenReapplied(Path sample, ClusterUser user) throws IOException {
    // Given
    String manifest =
        Files.readString(sample)
            .replaceAll(
                "(?m)namespace: (integrations|connectwise-accounts)$",
                "namespace: " + user.namespace());
    // When
    user.applies(manifest);
    String again = user.kubectl().runWithInput(manifest, "apply", "--dry-run=server", "-f", "-");
    // Then
    assertThat(again.lines().filter(line -> line.contains(".cloudelements.io/")))
        .isNotEmpty()
        .allMatch(line -> line.contains(" unchanged "));
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve("samples"))) {
      return files.filter(file -> !file.endsWith("namespace.yaml")).sorted().toList();
    }
  }

  /** Stand-ins of the definitions that two samples and the Prometheus operator's objects need. */
  private static final String DEFINITIONS =
      definition("external-secrets.io", "v1", "ExternalSecret", "externalsecrets")
          + "---\n"
          + definition("bitnami.com", "v1alpha1", "SealedSecret", "sealedsecrets")
          + "---\n"
          + definition("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors")
          + "---\n"
          + definition("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules");

  private static String definition(String group, String version, String kind, String plural) {
    return """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: %4$s.%1$s}
    spec:
      group: %1$s
      scope: Namespaced
      names: {kind: %3$s, plural: %4$s}
      versions:
        - name: %2$s
          served: true
          storage: true
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
    """
        .formatted(group, version, kind, plural);
  }
}
