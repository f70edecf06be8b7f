package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a creation costs. The operator serves one namespace, since resources of earlier tests that
 * go with their namespaces would be counted too.
 */
@RealCluster
class CreationCostIT {
  private static final String RECONCILED = "operator_sdk_reconciliations_success_total";

  private SimulatorServer simulator;
  private OperatorProcess operator;

  @BeforeEach
  void start(ControlPlane controlPlane, TestNamespace namespace) {
    controlPlane.installCrd(CrdFile.PATH);
    simulator = Acme.simulator();
    operator =
        OperatorProcess.start(
            controlPlane, simulator, Map.of("WATCH_NAMESPACES", namespace.name()));
  }

  @AfterEach
  void stop() {
    if (operator != null) {
      operator.close();
    }
    simulator.close();
  }

  /** The whole job, at its exact price. */
  @Test
  void helpDeskBecomesReady(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    AuditLog audit = new AuditLog(controlPlane);
    user.applies(Acme.CREDENTIALS);
    // When
    user.applies(Acme.HELP_DESK);
    // Then
    new Acme(client, namespace).awaitReady();
    await().untilAsserted(() -> assertThat(audit.writesIn(namespace.name())).hasSize(5));
    assertThat(audit.writesIn(namespace.name()))
        .satisfiesExactly(
            finalizer -> assertThat(finalizer).isEqualTo("patch connectwiseinstances/acme 200"),
            intent -> assertThat(intent).isEqualTo("patch connectwiseinstances/acme/status 200"),
            token -> assertThat(token).isEqualTo("create secrets/acme-token 201"),
            report -> assertThat(report).isEqualTo("patch connectwiseinstances/acme/status 200"),
            event -> assertThat(event).startsWith("create events/acme.").endsWith(" 201"));
    assertThat(simulator.simulator().journal().calls())
        .extracting(call -> call.route().orElseThrow())
        .containsExactly(Route.GET_INSTANCES, Route.POST_INSTANCES);
    await().until(() -> operator.metric(RECONCILED) > 0);
    assertThat(operator.metric(RECONCILED)).isEqualTo(1);
    assertThat(operator.metric("connectwise_account_queue_wait_seconds_count"))
        .as("both calls in one turn")
        .isEqualTo(1);
    assertThat(user.gets("cwi"))
        .containsPattern("acme +helpdesk +\\d+ +Valid +True +Available +acme-token");
    Secret token = client.secrets().inNamespace(namespace.name()).withName("acme-token").get();
    assertThat(token.getData())
        .containsOnlyKeys("type", "provider", "token", "instance-id", "element-key", "hub", "uri");
  }
}
