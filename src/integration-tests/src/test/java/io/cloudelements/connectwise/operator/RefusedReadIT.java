package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator whose role lacks a right, on a control plane of its own. */
class RefusedReadIT {
  private static final Map<String, String> ENVIRONMENT = Map.of("CLUSTER_NAME", "test");
  private static final String ACME =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: acme}
      stringData:
        userSecret: sim-user
        organizationSecret: sim-organization
        username: api
        password: first
        serverUrl: https://acme.example.com
        company: acme
      ---
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme}
      spec: {hub: helpdesk, credentialsSecretRef: {name: acme}}
      """;

  @Test
  void saysThatASecretMayNotBeReadAndGoesOnOnceItMay() throws Exception {
    // Given
    try (ControlPlane controlPlane =
            ControlPlane.start(ControlPlaneOptions.inNewDirectory("unreadable-"));
        SimulatorServer simulator = SimulatorServer.start()) {
      controlPlane.installCrds();
      try (OperatorProcess _ = OperatorProcess.start(controlPlane, simulator, ENVIRONMENT)) {
        setRight(controlPlane, List.of("list", "watch", "create", "update", "patch", "delete"));
        awaitRight(controlPlane, 1);
        // When
        controlPlane.kubectl().runWithInput(ACME, "apply", "-f", "-");
        // Then
        awaitCondition(controlPlane, "cannot get resource");
        await("the event")
            .atMost(Duration.ofSeconds(30))
            .until(() -> events(controlPlane).equals("ClusterWriteRefused"));
        setRight(
            controlPlane, List.of("get", "list", "watch", "create", "update", "patch", "delete"));
        awaitRight(controlPlane, 0);
        // the simulator knows no such account, so that is what is told once the Secret is read
        awaitCondition(controlPlane, "AccountRejected");
        assertThat(events(controlPlane)).containsOnlyOnce("ClusterWriteRefused");
      }
    }
  }

  private static String events(ControlPlane controlPlane) {
    return controlPlane
        .kubectl(
            "get",
            "events",
            "--field-selector",
            "involvedObject.name=acme",
            "-o",
            "jsonpath={.items[*].reason}")
        .strip();
  }

  private static void awaitCondition(ControlPlane controlPlane, String text) {
    await(text)
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            controlPlane
                .kubectl("get", "cwi", "acme", "-o", "jsonpath={.status.conditions}")
                .contains(text));
  }

  /** The authorizer takes a role up a moment after it was written. */
  private static void awaitRight(ControlPlane controlPlane, int exitCode) {
    await("the right")
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            controlPlane
                    .kubectl()
                    .attempt("auth", "can-i", "get", "secrets", "--as", rights().user())
                    .exitCode()
                == exitCode);
  }

  private static void setRight(ControlPlane controlPlane, List<String> verbs) {
    try (KubernetesClient client = controlPlane.client()) {
      client
          .rbac()
          .clusterRoles()
          .withName(rights().account())
          .edit(role -> {
            role.getRules()
                .replaceAll(rule ->
                    rule.getResources().contains("secrets")
                        ? new PolicyRuleBuilder(rule).withVerbs(verbs).build()
                        : rule);
            return role;
          });
    }
  }

  private static OperatorRights rights() {
    return OperatorRights.of(ENVIRONMENT);
  }
}
