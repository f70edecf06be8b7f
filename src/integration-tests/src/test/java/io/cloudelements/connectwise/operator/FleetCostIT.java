package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many resources cost at once: no more than so many times one. */
@RealCluster
class FleetCostIT {
  private static final int COUNT = 30;
  private static final Duration SOON = Duration.ofSeconds(30);

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
    operator.close();
    simulator.close();
  }

  /** Contention must not show as conflicts, second passes, or events told twice. */
  @Test
  void aCreationIsAsCheapAmongManyAsAlone(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    AuditLog audit = new AuditLog(controlPlane);
    // When
    user.applies(Acme.CREDENTIALS + manifests());
    // Then
    awaitReady(client, namespace);
    await("the events are published")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(count(audit, namespace, "create events/", 201)).isEqualTo(COUNT));
    assertThat(count(audit, namespace, "create secrets/", 201)).isEqualTo(COUNT);
    assertThat(count(audit, namespace, "patch connectwiseinstances/", 200)).isEqualTo(3L * COUNT);
    assertThat(audit.writesIn(namespace.name())).hasSize(5 * COUNT);
    assertThat(simulator.simulator().journal().count(Route.GET_INSTANCES)).isEqualTo(COUNT);
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(COUNT);
    assertThat(simulator.simulator().journal().count()).isEqualTo(2 * COUNT);
  }

  /** A search, a DELETE, and the finalizer's removal; an event tells of each. */
  @Test
  void aDeletionIsAsCheapAmongManyAsAlone(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    user.applies(Acme.CREDENTIALS + manifests());
    awaitReady(client, namespace);
    AuditLog audit = new AuditLog(controlPlane);
    await("the creation has been told")
        .atMost(SOON)
        .until(() -> audit.writesIn(namespace.name()).size() == 5 * COUNT);
    int calls = simulator.simulator().journal().count();
    // When
    user.runs("delete", "cwi", "--all", "--timeout=30s");
    // Then
    List<String> writes = audit.writesIn(namespace.name()).stream().skip(5L * COUNT).toList();
    assertThat(writes).filteredOn(line -> line.startsWith("patch connectwise")).hasSize(COUNT);
    assertThat(writes).filteredOn(line -> line.startsWith("create events/")).hasSize(COUNT);
    assertThat(writes).filteredOn(line -> line.startsWith("delete secrets/")).hasSize(COUNT);
    assertThat(writes).hasSize(3 * COUNT);
    assertThat(simulator.simulator().journal().count(Route.DELETE_INSTANCE)).isEqualTo(COUNT);
    assertThat(simulator.simulator().journal().count() - calls).isEqualTo(2 * COUNT);
  }

  private static long count(AuditLog audit, TestNamespace namespace, String begin, int status) {
    return audit.writesIn(namespace.name()).stream()
        .filter(line -> line.startsWith(begin) && line.endsWith(" " + status))
        .count();
  }

  private static void awaitReady(KubernetesClient client, TestNamespace namespace) {
    await("all are ready")
        .atMost(SOON)
        .until(() ->
            client
                    .resources(ConnectWiseInstance.class)
                    .inNamespace(namespace.name())
                    .list()
                    .getItems()
                    .stream()
                    .filter(FleetCostIT::isReady)
                    .count()
                == COUNT);
  }

  private static boolean isReady(ConnectWiseInstance resource) {
    return resource.getStatus() != null
        && resource.getStatus().conditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static String manifests() {
    return IntStream.range(0, COUNT)
        .mapToObj(i ->
            """
            ---
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata: {name: desk-%02d}
            spec:
              hub: helpdesk
              credentialsSecretRef: {name: acme-credentials}
            """
                .formatted(i))
        .collect(Collectors.joining());
  }
}
