package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two operators that share the resources of a cluster by a label; each is a release in a namespace
 * of its own, and with that has a Lease and a service account of its own.
 */
@RealCluster
class ShardsIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int EACH = 4;
  private static final int WRITES_OF_A_CREATION = 5;
  private static final List<String> RED = names("red");
  private static final List<String> BLUE = names("blue");

  private final List<OperatorProcess> operators = new ArrayList<>();
  private SimulatorServer simulator;

  @BeforeEach
  void start(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
    simulator = Acme.simulator();
  }

  @AfterEach
  void stop() {
    operators.forEach(OperatorProcess::close);
    simulator.close();
  }

  /** What is divided must be served once: by its own shard, and by nobody else. */
  @Test
  void eachServesItsOwnAndNothingElse(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    start(controlPlane, namespace, "red");
    start(controlPlane, namespace, "blue");
    // When
    user.applies(
        Acme.CREDENTIALS
            + manifests(RED, "labels: {shard: red}")
            + manifests(BLUE, "labels: {shard: blue}")
            + manifests(List.of("nobodys"), "labels: {shard: green}"));
    // Then
    awaitReady(client, namespace, Stream.concat(RED.stream(), BLUE.stream()).toList());
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(2 * EACH);
    assertThat(simulator.simulator().journal().count(Route.GET_INSTANCES)).isEqualTo(2 * EACH);
    assertThat(simulator.simulator().platform().live()).hasSize(2 * EACH);
    for (String shard : List.of("red", "blue")) {
      await(shard + " has published its events")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(writes(controlPlane, namespace, shard))
                  .hasSize(EACH * WRITES_OF_A_CREATION));
      assertThat(writes(controlPlane, namespace, shard))
          .as("what %s wrote about", shard)
          .allMatch(object -> object.startsWith(shard));
      assertThat(holder(client, namespace, shard)).contains("_" + operator(shard).pid());
    }
    ConnectWiseInstance untouched = resource(client, namespace, "nobodys");
    assertThat(untouched.getMetadata().getFinalizers()).isEmpty();
    assertThat(untouched.getStatus()).isNull();
  }

  /** Shards are re-cut while they run: the next one finds what there is. */
  @Test
  void aResourceThatMovesKeepsItsInstance(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    start(controlPlane, namespace, "red");
    start(controlPlane, namespace, "blue");
    user.applies(Acme.CREDENTIALS + manifests(List.of("red-0"), "labels: {shard: red}"));
    awaitReady(client, namespace, List.of("red-0"));
    long instance = resource(client, namespace, "red-0").getStatus().instanceId();
    // When
    user.runs("label", "cwi", "red-0", "shard=blue", "--overwrite");
    // Then
    user.runs("annotate", "cwi", "red-0", "cloudelements.io/reconcile-requested-at=moved");
    await("the new shard has looked at it")
        .atMost(SOON)
        .until(() ->
            "moved"
                .equals(resource(client, namespace, "red-0").getStatus().lastHandledReconcileAt()));
    assertThat(writes(controlPlane, namespace, "blue")).contains("red-0");
    assertThat(resource(client, namespace, "red-0").getStatus().instanceId()).isEqualTo(instance);
    assertThat(simulator.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(1);
    user.runs("delete", "cwi", "red-0", "--timeout=20s");
    assertThat(simulator.simulator().platform().live()).isEmpty();
  }

  private void start(ControlPlane controlPlane, TestNamespace namespace, String shard) {
    operators.add(OperatorProcess.start(controlPlane, simulator, environment(namespace, shard)));
  }

  private OperatorProcess operator(String shard) {
    return operators.get(shard.equals("red") ? 0 : 1);
  }

  private static Map<String, String> environment(TestNamespace namespace, String shard) {
    return Map.of(
        "CLUSTER_NAME",
        "test",
        "WATCH_LABEL_SELECTOR",
        "shard=" + shard,
        "WATCH_NAMESPACES",
        namespace.name(),
        "OPERATOR_NAMESPACE",
        release(namespace, shard),
        "LEADER_ELECTION",
        "true",
        "RESYNC_INTERVAL",
        "24h");
  }

  private static String release(TestNamespace namespace, String shard) {
    return namespace.name() + "-" + shard;
  }

  /** Names of the objects that a shard's service account wrote. */
  private static List<String> writes(
      ControlPlane controlPlane, TestNamespace namespace, String shard) {
    String user = OperatorRights.of(environment(namespace, shard)).user();
    return new AuditLog(controlPlane)
        .entries().stream()
            .filter(entry -> entry.at("/user/username").asText().equals(user))
            .map(entry -> entry.path("objectRef"))
            .filter(object -> object.path("namespace").asText().equals(namespace.name()))
            .map((JsonNode object) -> object.path("name").asText())
            .toList();
  }

  private static String holder(KubernetesClient client, TestNamespace namespace, String shard) {
    return client
        .leases()
        .inNamespace(release(namespace, shard))
        .withName("connectwise-operator")
        .require()
        .getSpec()
        .getHolderIdentity();
  }

  private static ConnectWiseInstance resource(
      KubernetesClient client, TestNamespace namespace, String name) {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(namespace.name())
        .withName(name)
        .require();
  }

  private static void awaitReady(
      KubernetesClient client, TestNamespace namespace, List<String> names) {
    await("all of " + names + " are ready")
        .atMost(SOON)
        .until(() ->
            names.stream()
                .map(name -> resource(client, namespace, name).getStatus())
                .allMatch(status ->
                    status != null
                        && status.conditions().stream()
                            .anyMatch(
                                c -> c.getType().equals("Ready") && c.getStatus().equals("True"))));
  }

  private static List<String> names(String shard) {
    return IntStream.range(0, EACH).mapToObj(i -> shard + "-" + i).toList();
  }

  private static String manifests(List<String> names, String metadata) {
    return names.stream()
        .map(name ->
            """
            ---
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata: {name: %s, %s}
            spec:
              hub: helpdesk
              credentialsSecretRef: {name: acme-credentials}
            """
                .formatted(name, metadata))
        .collect(Collectors.joining());
  }
}
