package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.OperatorMain;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trial without an account: operator, simulator and samples in one kustomization. */
@RealCluster
class TryIT {
  private static final String TRIAL = "deploy/try";

  @BeforeAll
  static void prepare(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  /** A misspelt field would be dropped without an error. */
  @Test
  void serverAcceptsTheTrialWithoutAWarning(ControlPlane controlPlane, ClusterUser user) {
    // Given
    controlPlane.kubectl(
        "label", "namespace", user.namespace(), "pod-security.kubernetes.io/warn=restricted");
    String manifests =
        controlPlane
            .kubectl("kustomize", TRIAL)
            .replaceAll(
                "namespace: (connectwise-operator|integrations)\n",
                "namespace: " + user.namespace() + "\n");
    // When
    Kubectl.KubectlResult result = controlPlane.kubectl().validates(manifests);
    // Then
    assertThat(result.errors()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  /** The two resources become Ready only when all three parts are there. */
  @Test
  void trialHasOperatorSimulatorAndSamples(ControlPlane controlPlane) {
    // Given // When
    List<JsonNode> objects = Chart.parse(controlPlane.kubectl("kustomize", TRIAL));
    // Then
    assertThat(objects)
        .extracting(
            object -> object.get("kind").asText() + "/" + object.at("/metadata/name").asText())
        .contains(
            "Deployment/connectwise-operator",
            "Deployment/cloud-elements-simulator",
            "Service/cloud-elements-simulator",
            "ConnectWiseInstance/acme-helpdesk",
            "ConnectWiseInstance/acme-crm");
  }

  /** The operator refuses a base URL that is not allowed, and its policy a port that is not. */
  @Test
  void operatorOfTheTrialMayCallTheSimulator(ControlPlane controlPlane) throws IOException {
    // Given
    List<JsonNode> objects = Chart.parse(controlPlane.kubectl("kustomize", TRIAL));
    Map<String, String> settings = new HashMap<>();
    object(objects, "Deployment", "connectwise-operator")
        .at("/spec/template/spec/containers/0/env")
        .forEach(entry ->
            settings.put(
                entry.get("name").asText(), entry.path("value").asText("connectwise-operator")));
    JsonNode service = object(objects, "Service", "cloud-elements-simulator");
    // When
    ConfigResult result = OperatorConfig.fromEnvironment(settings, OperatorMain.environment());
    // Then
    assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    assertThat(settings.get("CLOUD_ELEMENTS_BASE_URL"))
        .isEqualTo(
            "http://%s:%s/elements/api-v2",
            service.at("/metadata/name").asText(), service.at("/spec/ports/0/port").asText());
    assertThat(
            object(objects, "NetworkPolicy", "connectwise-operator").at("/spec/egress").toString())
        .contains("\"port\":" + service.at("/spec/ports/0/port").asText());
  }

  private static JsonNode object(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.get("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
