package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.NeedsGarbageCollection;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.crd.CrdGenerator;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.platform.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A namespace goes as a whole: in no order that anybody promises, and with nothing left to write.
 */
@RealCluster
@NeedsGarbageCollection
class NamespaceDeletionIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> NAMES = Fleet.names("leaving", 10);

  private SimulatorServer simulator;
  private OperatorProcess operator;
  private Fleet fleet;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdGenerator.FILE);
  }

  @BeforeEach
  void begin(
      ControlPlane controlPlane,
      TestNamespace namespace,
      ClusterUser user,
      KubernetesClient client) {
    simulator = Acme.simulator();
    fleet = new Fleet(client, namespace.name(), simulator.simulator());
    operator =
        OperatorProcess.start(
            controlPlane, simulator, Map.of("WATCH_NAMESPACES", namespace.name()));
    fleet.apply(user, NAMES);
    fleet.awaitReady(NAMES, LIMIT);
  }

  @AfterEach
  void end() {
    operator.close();
    simulator.close();
  }

  /** Nothing stays at the service, and the finalizers do not keep the namespace. */
  @Test
  void theInstancesGoWithTheNamespace(TestNamespace namespace, KubernetesClient client) {
    // When
    client.namespaces().withName(namespace.name()).delete();
    // Then
    assertEverythingGoes(namespace, client);
  }

  /** What a creation needed must not be missed by a deletion. */
  @Test
  void theInstancesGoAlsoWhenTheCredentialsWentFirst(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    user.runs("delete", "secret", "acme-credentials");
    await("the loss is noticed")
        .atMost(LIMIT)
        .until(() -> NAMES.stream().allMatch(this::missesItsSecret));
    // When
    client.namespaces().withName(namespace.name()).delete();
    // Then
    assertEverythingGoes(namespace, client);
  }

  private boolean missesItsSecret(String name) {
    return fleet.resource(name).orElseThrow().getStatus().conditions().stream()
        .anyMatch(c -> c.getReason().equals("SecretNotFound"));
  }

  private void assertEverythingGoes(TestNamespace namespace, KubernetesClient client) {
    await("the namespace is gone")
        .atMost(LIMIT)
        .until(() -> client.namespaces().withName(namespace.name()).get() == null);
    assertThat(simulator.simulator().platform().live()).isEmpty();
    assertThat(simulator.simulator().platform().everCreated()).hasSize(NAMES.size());
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
    assertThat(simulator.simulator().journal().count(Route.DELETE_INSTANCE))
        .as("each is deleted once")
        .isEqualTo(NAMES.size());
  }
}
