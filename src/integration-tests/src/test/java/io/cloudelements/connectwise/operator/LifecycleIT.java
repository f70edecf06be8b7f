package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starting, stopping and taking over. */
@RealOperator(OperatorScope.MANUAL)
class LifecycleIT {
  private static final String RECONCILED = "operator_sdk_reconciliations_success_total";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void serveOneNamespace(TestNamespace namespace) {
    environment.put("WATCH_NAMESPACES", namespace.name());
    environment.put("OPERATOR_NAMESPACE", namespace.name());
  }

  /** A rollout must not lose the answer to a creation that the old replica has begun. */
  @Test
  void shutdownFinishesACreationInProgress(Tenant tenant, OperatedCluster cluster) {
    // Given
    cluster
        .simulator()
        .faults()
        .on(Route.POST_INSTANCES)
        .inject(new Fault.Latency(Duration.ofSeconds(3), Duration.ofSeconds(3)));
    try (OperatorProcess operator = cluster.start(environment)) {
      tenant.appliesHelpDesks(List.of("acme"));
      await().atMost(SOON).until(() -> tenant.account().calls(Route.POST_INSTANCES).size() == 1);
      // When
      int exit = operator.terminate();
      // Then
      assertThat(exit).isZero();
      assertThat(tenant.find("acme")).get().matches(Tenant::isReady, "is ready");
      assertThat(tenant.secret("acme-token")).isPresent();
    }
  }

  /** A restart with many resources must be a burst neither of writes nor of calls. */
  @Test
  void aRestartMakesNoCallAndNoWrite(Tenant tenant, OperatedCluster cluster) {
    // Given
    tenant.appliesHelpDesks(List.of("acme"));
    try (OperatorProcess first = cluster.start(environment)) {
      tenant.awaitsReady("acme");
      tenant.awaitsWritesOfCreations(1);
      assertThat(first.terminate()).isZero();
    }
    List<String> before = tenant.writes();
    int calls = cluster.simulator().journal().count();
    // When
    try (OperatorProcess second = cluster.start(environment)) {
      await().atMost(SOON).until(() -> second.metric(RECONCILED) >= 1);
      assertThat(second.terminate()).isZero();
    }
    // Then
    assertThat(tenant.writes()).isEqualTo(before);
    assertThat(cluster.simulator().journal().count()).isEqualTo(calls);
  }

  /** The Lease is given up at the end, so that the standby need not wait until it expires. */
  @Test
  void theStandbyTakesOverAtOnce(Tenant tenant, OperatedCluster cluster) {
    // Given
    environment.put("LEADER_ELECTION", "true");
    try (OperatorProcess leader = cluster.start(environment);
        OperatorProcess standby = cluster.start(environment)) {
      tenant.appliesHelpDesks(List.of("acme"));
      tenant.awaitsReady("acme");
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
      tenant.person().runs("delete", "cwi", "acme", "--timeout=20s");
      assertThat(cluster.simulator().platform().live()).isEmpty();
    }
  }

  /** A leader that loses its Lease must exit, since two writers are worse than a restart. */
  @Test
  void aLeaderExitsWhenItLosesItsLease(ClusterUser user, OperatedCluster cluster) {
    // Given
    environment.put("LEADER_ELECTION", "true");
    try (OperatorProcess leader = cluster.start(environment)) {
      // When
      user.patches("lease", "connectwise-operator", "{\"spec\":{\"holderIdentity\":\"another\"}}");
      // Then
      assertThat(leader.awaitExit(SOON)).isEqualTo(1);
      assertThat(leader.log()).anyMatch(line -> line.contains("The Lease is lost"));
    }
  }

  /** The log must say what to set. */
  @Test
  void reportsAMissingClusterNameWithARemedy(
      ControlPlane controlPlane, ClusterUser user, OperatedCluster cluster) {
    // Given
    user.runs("create", "serviceaccount", "weak");
    environment.put("CLUSTER_NAME", "");
    environment.put("KUBECONFIG", controlPlane.kubeconfigFor(user.namespace(), "weak").toString());
    // When
    try (OperatorProcess operator =
        OperatorProcess.launch(controlPlane, cluster.server(), environment)) {
      // Then
      assertThat(operator.awaitExit(Duration.ofSeconds(30))).isEqualTo(2);
      assertThat(operator.log()).anyMatch(line -> line.contains("Set CLUSTER_NAME to a name"));
    }
  }
}
