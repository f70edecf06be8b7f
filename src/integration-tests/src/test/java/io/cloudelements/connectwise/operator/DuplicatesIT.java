package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.User;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A duplicate that somebody else made: found, shown everywhere, never used. */
@RealCluster
class DuplicatesIT {
  private static SimulatorServer simulator;
  private static User owner;
  private static OperatorProcess operator;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
    Simulator platform = new Simulator(InstantSource.system());
    owner = platform.platform().outsideWorld().addUser("sim-user", "sim-organization");
    simulator = SimulatorServer.start(platform);
    operator = OperatorProcess.start(controlPlane, simulator, Map.of());
  }

  @AfterAll
  static void stop() {
    operator.close();
    simulator.close();
  }

  @Test
  void aDuplicateIsShownInStatusEventAndMetric(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    Acme acme = new Acme(client, namespace);
    user.applies(Acme.CREDENTIALS);
    user.applies(Acme.HELP_DESK);
    long id = acme.awaitReady().getStatus().instanceId();
    Instance ours = simulator.simulator().platform().instance(id).orElseThrow();
    long copy = copyOf(ours);
    // When
    user.runs("annotate", "cwi", "acme", "cloudelements.io/reconcile-requested-at=now");
    // Then
    await()
        .untilAsserted(() ->
            assertThat(acme.resource().orElseThrow().getStatus().duplicates())
                .containsExactly(copy));
    assertThat(acme.resource().orElseThrow().getStatus().instanceId()).isEqualTo(id);
    await()
        .untilAsserted(() ->
            assertThat(user.gets("events")).contains("DuplicateFound").contains("[" + copy + "]"));
    await().until(() -> operator.metric("connectwise_duplicates") == 1);
    user.deletes("cwi", "acme");
    acme.awaitGone();
    assertThat(simulator.simulator().platform().instance(copy).orElseThrow().isLive())
        .as("deletion removes everything that carries the ownership tag")
        .isFalse();
  }

  private static long copyOf(Instance original) {
    return simulator
        .simulator()
        .platform()
        .outsideWorld()
        .createByHand(
            owner,
            original.elementKey(),
            original.name(),
            original.tags(),
            original.configuration())
        .id();
  }
}
