package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.simulator.SimulatorServer;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A cluster that is not there yet, and one without a CRD: a control plane of its own. */
class ColdStartIT {
  private static final String OF_AN_ACCOUNT =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: acme}
      stringData: {username: api, password: first, serverUrl: https://acme.example.com, company: acme}
      ---
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme}
      spec:
        hub: helpdesk
        credentialsSecretRef: {name: acme}
        accountRef: {name: acme, namespace: accounts}
      """;

  /**
   * The pod must not restart in a loop while the cluster is in trouble, and must not seem ready.
   */
  @Test
  void waitsForTheApiServerAndForTheCrd() throws Exception {
    // Given

    try (ControlPlane controlPlane =
            ControlPlane.start(ControlPlaneOptions.inNewDirectory("cold-"));
        SimulatorServer simulator = SimulatorServer.start()) {
      Map<String, String> environment = Map.of("CLUSTER_NAME", "");
      OperatorProcess.grant(controlPlane, simulator, environment);
      controlPlane.killApiServer();
      try (OperatorProcess operator =
          OperatorProcess.launch(controlPlane, simulator, environment)) {
        awaitLine(operator, "The API server cannot be used");
        assertThat(operator.status("/livez")).isEqualTo(200);
        assertThat(operator.status("/readyz")).isEqualTo(503);
        // When
        controlPlane.startApiServer();
        awaitLine(operator, "is not installed");
        controlPlane.installCrds();
        operator.awaitReady();
        // Then
        assertThat(operator.log().stream().filter(line -> line.contains("is not installed")))
            .as("said once")
            .hasSize(1);
        assertThat(operator.log().stream().filter(line -> line.contains("CLUSTER_NAME is not set")))
            .as("a clone of the cluster would have the same name: said once")
            .singleElement(InstanceOfAssertFactories.STRING)
            .contains("WARN", "the same UID");
        assertThat(operator.terminate()).isZero();
      }
    }
  }

  /** As after an upgrade of the operator alone, from a version without accounts. */
  @Test
  void servesResourcesWithoutTheDefinitionOfAccountsAndSaysHowToInstallIt() throws Exception {
    // Given
    try (ControlPlane controlPlane =
            ControlPlane.start(ControlPlaneOptions.inNewDirectory("accountless-"));
        SimulatorServer simulator = SimulatorServer.start()) {
      controlPlane.installCrd(CrdFile.INSTANCES.path());
      // When
      try (OperatorProcess operator =
          OperatorProcess.start(controlPlane, simulator, Map.of("CLUSTER_NAME", "test"))) {
        // Then
        assertThat(operator.log())
            .anyMatch(line ->
                line.contains("WARN")
                    && line.contains(
                        "cloudelementsaccounts.cloudelements.io is missing (kubectl apply"
                            + " --server-side -f crds/). Restart the operator afterwards"));
        controlPlane.kubectl().runWithInput(OF_AN_ACCOUNT, "apply", "-f", "-");
        await("the resource is told that there is none")
            .atMost(Duration.ofSeconds(30))
            .until(() ->
                controlPlane
                    .kubectl("get", "cwi", "acme", "-o", "jsonpath={.status.conditions}")
                    .contains("There is no CloudElementsAccount accounts/acme"));
      }
    }
  }

  private static void awaitLine(OperatorProcess operator, String text) {
    await(text)
        .atMost(Duration.ofSeconds(60))
        .until(() -> operator.log().stream().anyMatch(line -> line.contains(text)));
  }
}
