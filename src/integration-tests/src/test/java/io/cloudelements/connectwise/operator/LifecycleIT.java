package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starting, stopping and taking over. */
@RealCluster
class LifecycleIT {
  private static final String RECONCILED = "operator_sdk_reconciliations_success_total";
  private static final Duration SOON = Duration.ofSeconds(10);

  private SimulatorServer simulator;
  private ControlPlane controlPlane;
  private Map<String, String> environment;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
  }

  @BeforeEach
  void begin(ControlPlane shared, TestNamespace namespace) {
    controlPlane = shared;
    simulator = Acme.simulator();
    environment =
        new HashMap<>(
            Map.of("WATCH_NAMESPACES", namespace.name(), "OPERATOR_NAMESPACE", namespace.name()));
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  /** A rollout must not lose the answer to a creation that the old replica has begun. */
  @Test
  void aCreationUnderWayIsFinishedBeforeTheProcessEnds(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    simulator
        .simulator()
        .faults()
        .on(Route.POST_INSTANCES)
        .inject(new Fault.Latency(Duration.ofSeconds(3), Duration.ofSeconds(3)));
    try (OperatorProcess operator = OperatorProcess.start(controlPlane, simulator, environment)) {
      user.applies(Acme.CREDENTIALS);
      user.applies(Acme.HELP_DESK);
      await().atMost(SOON).until(() -> posts() == 1);
      // When
      int exit = operator.terminate();
      // Then
      assertThat(exit).isZero();
      assertThat(new Acme(client, namespace).condition("Ready"))
          .get()
          .extracting("status")
          .isEqualTo("True");
      assertThat(client.secrets().inNamespace(namespace.name()).withName("acme-token").get())
          .isNotNull();
    }
  }

  /** A restart with many resources must be a burst neither of writes nor of calls. */
  @Test
  void aRestartWritesAndAsksNothing(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    user.applies(Acme.CREDENTIALS);
    user.applies(Acme.HELP_DESK);
    try (OperatorProcess first = OperatorProcess.start(controlPlane, simulator, environment)) {
      new Acme(client, namespace).awaitReady();
      assertThat(first.terminate()).isZero();
    }
    List<String> before = new AuditLog(controlPlane).writesIn(namespace.name());
    int calls = simulator.simulator().journal().count();
    // When
    try (OperatorProcess second = OperatorProcess.start(controlPlane, simulator, environment)) {
      await().atMost(SOON).until(() -> second.metric(RECONCILED) >= 1);
      assertThat(second.terminate()).isZero();
    }
    // Then
    assertThat(new AuditLog(controlPlane).writesIn(namespace.name())).isEqualTo(before);
    assertThat(simulator.simulator().journal().count()).isEqualTo(calls);
  }

  /** The Lease is given up at the end, so that nobody waits until it expires. */
  @Test
  void theStandbyTakesOverAtOnce(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    environment.put("LEADER_ELECTION", "true");
    try (OperatorProcess leader = OperatorProcess.start(controlPlane, simulator, environment);
        OperatorProcess standby = OperatorProcess.start(controlPlane, simulator, environment)) {
      user.applies(Acme.CREDENTIALS);
      user.applies(Acme.HELP_DESK);
      new Acme(client, namespace).awaitReady();
      assertThat(standby.log()).anyMatch(line -> line.contains("stands by"));
      // When
      int exit = leader.terminate();
      long ended = System.nanoTime();
      // Then
      assertThat(exit).isZero();
      await()
          .atMost(SOON)
          .until(
              () -> standby.log().stream().anyMatch(line -> line.contains("This replica leads")));
      assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(SOON);
      user.runs("delete", "cwi", "acme", "--timeout=20s");
      assertThat(simulator.simulator().platform().live()).isEmpty();
    }
  }

  /** Two that write are worse than one that starts again. */
  @Test
  void aLeaderThatLostItsLeaseEnds(ClusterUser user) {
    // Given
    environment.put("LEADER_ELECTION", "true");
    try (OperatorProcess leader = OperatorProcess.start(controlPlane, simulator, environment)) {
      // When
      user.runs(
          "patch",
          "lease",
          "connectwise-operator",
          "--type=merge",
          "-p",
          "{\"spec\":{\"holderIdentity\":\"another\"}}");
      // Then
      assertThat(leader.awaitExit(SOON)).isEqualTo(1);
      assertThat(leader.log()).anyMatch(line -> line.contains("The Lease is lost"));
    }
  }

  /** Whoever reads the log has to know what to set. */
  @Test
  void withoutAClusterNameItSaysWhatToDo(ClusterUser user, TestNamespace namespace) {
    // Given
    user.runs("create", "serviceaccount", "weak");
    environment.put("CLUSTER_NAME", "");
    environment.put("KUBECONFIG", controlPlane.kubeconfigFor(namespace.name(), "weak").toString());
    // When
    try (OperatorProcess operator = OperatorProcess.launch(controlPlane, simulator, environment)) {
      // Then
      assertThat(operator.awaitExit(Duration.ofSeconds(30))).isEqualTo(2);
      assertThat(operator.log()).anyMatch(line -> line.contains("Set CLUSTER_NAME to a name"));
    }
  }

  private int posts() {
    return simulator.simulator().journal().count(Route.POST_INSTANCES);
  }
}
