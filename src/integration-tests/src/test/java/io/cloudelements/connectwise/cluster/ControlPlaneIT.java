package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane of the other tests behaves like a real one. */
@RealCluster
class ControlPlaneIT {

  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: probes.cluster.test
      spec:
        group: cluster.test
        names: {kind: Probe, plural: probes, singular: probe}
        scope: Namespaced
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: {type: integer}
                    x-kubernetes-validations:
                      - rule: self.size == oldSelf.size
                        message: size cannot be changed
      """;

  /** Built without the version flags, servers and CEL libraries would believe to be v0.0.0. */
  @Test
  void reportsItsVersion(ControlPlane controlPlane) throws IOException {
    // Given
    String expected =
        System.getenv(ControlPlaneBinaries.ASSETS_VARIABLE) == null
            ? ControlPlaneBinaries.VERSION
            : ControlPlaneBinaries.locate(System.out).version().text();
    // When
    JsonNode version = new ObjectMapper().readTree(controlPlane.kubectl("version", "-o", "json"));
    // Then
    assertThat(version.at("/serverVersion/gitVersion").asText()).isEqualTo(expected);
  }

  /** Field ownership is what keeps a user and the operator apart; a mock server has none. */
  @Test
  void serverSideApplyRefusesAnothersField(KubernetesClient client, TestNamespace namespace) {
    // Given
    ConfigMap first = configMap("shared", Map.of("owner", "first"));
    ConfigMap second = configMap("shared", Map.of("owner", "second"));
    client.resource(first).inNamespace(namespace.name()).fieldManager("a").serverSideApply();
    // When // Then
    assertThatThrownBy(() ->
            client
                .resource(second)
                .inNamespace(namespace.name())
                .fieldManager("b")
                .serverSideApply())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  /** Immutability rules live in CEL: only the real server evaluates them. */
  @Test
  void enforcesRulesOfAnInstalledCrd(
      ControlPlane controlPlane, ClusterUser user, @TempDir Path directory) throws IOException {
    // Given
    controlPlane.installCrd(Files.writeString(directory.resolve("probe.yaml"), CRD));
    String probe =
        "{apiVersion: cluster.test/v1, kind: Probe, metadata: {name: p}, spec: {size: %d}}";
    user.applies(probe.formatted(1));
    // When
    Kubectl.KubectlResult result = user.triesToApply(probe.formatted(2));
    // Then
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.errors()).contains("size cannot be changed");
  }

  /** Only the garbage collector deletes the generated Secret with its resource. */
  @Test
  @NeedsGarbageCollection
  void collectsObjectsOfADeletedOwner(KubernetesClient client, TestNamespace namespace) {
    // Given
    var configMaps = client.configMaps().inNamespace(namespace.name());
    ConfigMap owner = configMaps.resource(configMap("owner", Map.of())).create();
    configMaps
        .resource(
            new ConfigMapBuilder(configMap("owned", Map.of()))
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build())
        .create();
    // When
    configMaps.withName("owner").delete();
    // Then
    await()
        .atMost(Duration.ofSeconds(45))
        .untilAsserted(() -> assertThat(configMaps.withName("owned").get()).isNull());
  }

  /** The operator will run under the shipped role: RBAC must really bind. */
  @Test
  @NeedsGarbageCollection
  void serviceAccountHasOnlyTheRightsOfItsRole(ControlPlane controlPlane, ClusterUser user) {
    // Given
    user.runs("create", "serviceaccount", "reader");
    user.runs("create", "role", "reader", "--verb=get,list", "--resource=configmaps");
    user.runs(
        "create",
        "rolebinding",
        "reader",
        "--role=reader",
        "--serviceaccount=" + user.namespace() + ":reader");
    // When
    try (KubernetesClient reader =
        controlPlane.client(controlPlane.kubeconfigFor(user.namespace(), "reader"))) {
      // Then
      assertThat(reader.configMaps().inNamespace(user.namespace()).list()).isNotNull();
      assertThatThrownBy(() -> reader.secrets().inNamespace(user.namespace()).list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
  }

  /** Exact counts of kube writes are asserted elsewhere from this log. */
  @Test
  void auditsWritesOnly(ControlPlane controlPlane, ClusterUser user) throws IOException {
    // Given
    user.runs("create", "configmap", "audited");
    user.gets("configmap", "audited");
    // When
    String log = Files.readString(controlPlane.auditLog().orElseThrow());
    // Then
    assertThat(log.lines().filter(line -> line.contains("/" + user.namespace() + "/configmaps")))
        .singleElement()
        .asString()
        .contains("\"verb\":\"create\"", "\"username\":\"admin\"");
  }

  private static ConfigMap configMap(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withData(data)
        .build();
  }
}
