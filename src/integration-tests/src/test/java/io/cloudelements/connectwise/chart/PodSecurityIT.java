package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chart's pod where the API server enforces the Pod Security Standard "restricted". */
@RealCluster
class PodSecurityIT {
  private static final String NAMESPACE = "restricted";

  private static final String SANDBOX =
      "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: sandbox}, handler: sandbox}";

  @BeforeAll
  static void prepare(ControlPlane controlPlane) {
    controlPlane.kubectl("create", "namespace", NAMESPACE);
    controlPlane.kubectl(
        "label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted");
    controlPlane.kubectl().runWithInput(SANDBOX, "apply", "-f", "-");
  }

  @AfterAll
  static void cleanUp(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(SANDBOX, "delete", "-f", "-");
    controlPlane.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
  }

  /** The pod of every installation is admitted where only restricted pods are. */
  @ParameterizedTest
  @EnumSource
  void podIsAdmitted(Installation installation, ControlPlane controlPlane) {
    // Given
    ObjectNode pod = pod(installation.yaml(), controlPlane);
    // When
    Kubectl.KubectlResult result = create(pod, controlPlane);
    // Then
    assertThat(result.errors()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  /** The test above requires that the admission is enabled. */
  @Test
  void weakenedPodIsRefused(ControlPlane controlPlane) {
    // Given
    ObjectNode pod = pod("{}", controlPlane);
    ((ObjectNode) pod.at("/spec/containers/0/securityContext")).remove("capabilities");
    // When
    Kubectl.KubectlResult result = create(pod, controlPlane);
    // Then
    assertThat(result.errors())
        .contains("violates PodSecurity \"restricted", "unrestricted capabilities");
  }

  /** A pod as the Deployment's controller would make it; its service account is there already. */
  private static ObjectNode pod(String values, ControlPlane controlPlane) {
    JsonNode spec = Rendered.from(values).pod();
    controlPlane
        .kubectl()
        .runWithInput(
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: %s}}"
                .formatted(spec.get("serviceAccountName").asText()),
            "apply",
            "--namespace=" + NAMESPACE,
            "-f",
            "-");
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod").putObject("metadata").put("name", "operator");
    pod.set("spec", spec);
    return pod;
  }

  private static Kubectl.KubectlResult create(ObjectNode pod, ControlPlane controlPlane) {
    return controlPlane
        .kubectl()
        .attemptWithInput(
            pod.toString(),
            "create",
            "--namespace=" + NAMESPACE,
            "--dry-run=server",
            "--validate=strict",
            "-f",
            "-");
  }
}
