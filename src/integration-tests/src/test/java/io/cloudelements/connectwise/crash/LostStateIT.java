package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Status and token Secret of fifty resources are wiped together: a restored backup, a wrong hand.
 */
@RealCluster
class LostStateIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> NAMES = Fleet.names("lost", 50);

  private SimulatorServer simulator;
  private OperatorProcess operator;
  private Map<String, String> environment;
  private Fleet fleet;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
  }

  @BeforeEach
  void begin(
      ControlPlane controlPlane,
      TestNamespace namespace,
      ClusterUser user,
      KubernetesClient client) {
    simulator = Acme.simulator();
    environment = Map.of("WATCH_NAMESPACES", namespace.name());
    fleet = new Fleet(client, namespace.name(), simulator.simulator());
    operator = OperatorProcess.start(controlPlane, simulator, environment);
    fleet.apply(user, NAMES);
    fleet.awaitReady(NAMES, LIMIT);
  }

  @AfterEach
  void end() {
    operator.close();
    simulator.close();
  }

  /** The tag finds every instance again, and no creation is made for any. */
  @Test
  void everythingIsFoundAgain(KubernetesClient client, TestNamespace namespace) {
    // When
    wipe(client, namespace);
    // Then
    assertNothingWasCreatedAnew();
  }

  /** The same without what the process remembers. */
  @Test
  void everythingIsFoundAgainByANewProcess(
      KubernetesClient client, TestNamespace namespace, ControlPlane controlPlane) {
    // Given
    operator.kill();
    // When
    wipe(client, namespace);
    operator = OperatorProcess.start(controlPlane, simulator, environment);
    // Then
    assertNothingWasCreatedAnew();
  }

  /** As fast as the server takes it: kubectl would leave the operator seconds in between. */
  private static void wipe(KubernetesClient client, TestNamespace namespace) {
    NAMES.parallelStream()
        .forEach(name -> {
          client.secrets().inNamespace(namespace.name()).withName(name + "-token").delete();
          client
              .resources(ConnectWiseInstance.class)
              .inNamespace(namespace.name())
              .withName(name)
              .subresource("status")
              .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":null}");
        });
  }

  private void assertNothingWasCreatedAnew() {
    fleet.awaitDelivered(NAMES, LIMIT);
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
  }
}
