package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.NeedsGarbageCollection;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
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
    controlPlane.installCrd(CrdFile.PATH);
  }

  @BeforeEach
  void begin(TestNamespace namespace, KubernetesClient client) {
    simulator = Acme.simulator();
    fleet = new Fleet(client, namespace.name(), simulator.simulator());
  }

  /** By a ClusterRole, which stays when the namespace goes; others' resources are not counted. */
  private void serveByAClusterRole(
      ControlPlane controlPlane, TestNamespace namespace, ClusterUser user) {
    Path identity = OperatorRights.of(Map.of("CLUSTER_NAME", "test")).grantedOn(controlPlane);
    serve(
        controlPlane,
        user,
        Map.of("WATCH_NAMESPACES", namespace.name(), "KUBECONFIG", identity.toString()));
  }

  private void serve(ControlPlane controlPlane, ClusterUser user, Map<String, String> environment) {
    operator = OperatorProcess.start(controlPlane, simulator, environment);
    fleet.apply(user, NAMES);
    fleet.awaitReady(NAMES, LIMIT);
  }

  @AfterEach
  void end() {
    if (operator != null) {
      operator.close();
    }
    simulator.close();
  }

  /** Nothing stays at the service, and the finalizers do not keep the namespace. */
  @Test
  void theInstancesGoWithTheNamespace(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    serveByAClusterRole(controlPlane, namespace, user);
    // When
    client.namespaces().withName(namespace.name()).delete();
    // Then
    assertEverythingGoes(namespace, client);
    assertEachIsDeletedOnce();
  }

  /** What a creation needed must not be missed by a deletion. */
  @Test
  void theInstancesGoAlsoWhenTheCredentialsWentFirst(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    serveByAClusterRole(controlPlane, namespace, user);
    user.runs("delete", "secret", "acme-credentials");
    await("the loss is noticed")
        .atMost(LIMIT)
        .until(() -> NAMES.stream().allMatch(this::missesItsSecret));
    // When
    client.namespaces().withName(namespace.name()).delete();
    // Then
    assertEverythingGoes(namespace, client);
    assertEachIsDeletedOnce();
  }

  /**
   * A Role goes with its namespace, and before the operator is done. What the documentation says
   * then has to help.
   */
  @Test
  void aRoleThatWentTooSoonCanBeStoodInFor(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    Map<String, String> environment =
        Map.of("CLUSTER_NAME", "test", "WATCH_NAMESPACES", namespace.name());
    OperatorRights rights = OperatorRights.of(environment);
    serve(controlPlane, user, environment);
    client.namespaces().withName(namespace.name()).delete();
    await("the right is missing")
        .atMost(LIMIT)
        .until(() -> operator.log().stream().anyMatch(line -> line.contains("is forbidden")));
    // When
    controlPlane.kubectl(
        "create",
        "clusterrolebinding",
        "finish-deletion",
        "--clusterrole=cluster-admin",
        "--serviceaccount=" + rights.namespace() + ":" + rights.account());
    // Then
    assertEverythingGoes(namespace, client);
    controlPlane.kubectl("delete", "clusterrolebinding", "finish-deletion");
  }

  /** Where the finalizer could not be taken off after a DELETE, the DELETE is repeated: a 404. */
  private void assertEachIsDeletedOnce() {
    assertThat(simulator.simulator().journal().count(Route.DELETE_INSTANCE))
        .as("each is deleted once")
        .isEqualTo(NAMES.size());
  }

  private boolean missesItsSecret(String name) {
    return fleet.resource(name).orElseThrow().getStatus().conditions().stream()
        .anyMatch(c -> c.getReason().equals("WaitingForSecret"));
  }

  private void assertEverythingGoes(TestNamespace namespace, KubernetesClient client) {
    await("the namespace is gone")
        .atMost(LIMIT)
        .until(() -> client.namespaces().withName(namespace.name()).get() == null);
    assertThat(simulator.simulator().platform().live()).isEmpty();
    assertThat(simulator.simulator().platform().everCreated()).hasSize(NAMES.size());
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
  }
}
