package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two operators that share the resources of a cluster by a label; each is a release in a namespace
 * of its own, and with that has a Lease and a service account of its own.
 */
@RealOperator(OperatorScope.MANUAL)
class ShardsIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int EACH = 4;
  private static final int WRITES_OF_A_CREATION = 5;
  private static final List<String> RED = names("red");
  private static final List<String> BLUE = names("blue");

  private final Map<String, OperatorProcess> operators = new HashMap<>();

  @BeforeEach
  void start(Tenant tenant, OperatedCluster cluster) {
    for (String shard : List.of("red", "blue")) {
      operators.put(shard, cluster.start(environment(tenant, shard)));
    }
  }

  /** Each resource must be served once: by its own shard, and by no other. */
  @Test
  void eachShardServesOnlyItsOwnResources(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    tenant.appliesCredentials();
    // When
    tenant.applies(
        manifests(RED, "red") + manifests(BLUE, "blue") + manifests(List.of("unserved"), "green"));
    // Then
    tenant.awaitsReady(Stream.concat(RED.stream(), BLUE.stream()).toList(), SOON);
    assertThat(cluster.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(2 * EACH);
    assertThat(cluster.simulator().journal().count(Route.GET_INSTANCES)).isEqualTo(2 * EACH);
    assertThat(cluster.simulator().platform().live()).hasSize(2 * EACH);
    for (String shard : List.of("red", "blue")) {
      await(shard + " has published its events")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(writes(controlPlane, tenant, shard)).hasSize(EACH * WRITES_OF_A_CREATION));
      assertThat(writes(controlPlane, tenant, shard))
          .as("the objects that %s wrote", shard)
          .allMatch(object -> object.startsWith(shard));
      assertThat(holder(client, tenant, shard)).contains("_" + operators.get(shard).pid());
    }
    ConnectWiseInstance untouched = tenant.find("unserved").orElseThrow();
    assertThat(untouched.getMetadata().getFinalizers()).isEmpty();
    assertThat(untouched.getStatus()).isNull();
  }

  /** Shards are re-cut while they run: the next one finds what there is. */
  @Test
  void aResourceKeepsItsInstanceWhenItChangesShards(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    tenant.appliesCredentials();
    tenant.applies(manifests(List.of("red-0"), "red"));
    tenant.awaitsReady(List.of("red-0"), SOON);
    long instance = tenant.status("red-0").orElseThrow().instanceId();
    // When
    tenant.person().runs("label", "cwi", "red-0", "shard=blue", "--overwrite");
    // Then
    tenant.awaitsReconcile("red-0");
    assertThat(writes(controlPlane, tenant, "blue")).contains("red-0");
    assertThat(tenant.status("red-0").orElseThrow().instanceId()).isEqualTo(instance);
    assertThat(cluster.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(1);
    tenant.person().runs("delete", "cwi", "red-0", "--timeout=20s");
    assertThat(cluster.simulator().platform().live()).isEmpty();
  }

  private static Map<String, String> environment(Tenant tenant, String shard) {
    return Map.of(
        "CLUSTER_NAME",
        "test",
        "WATCH_LABEL_SELECTOR",
        "shard=" + shard,
        "WATCH_NAMESPACES",
        tenant.name(),
        "OPERATOR_NAMESPACE",
        release(tenant, shard),
        "LEADER_ELECTION",
        "true",
        "RESYNC_INTERVAL",
        "24h");
  }

  private static String release(Tenant tenant, String shard) {
    return tenant.name() + "-" + shard;
  }

  /** Names of the objects that a shard's service account wrote. */
  private static List<String> writes(ControlPlane controlPlane, Tenant tenant, String shard) {
    String user = OperatorRights.of(environment(tenant, shard)).user();
    return new AuditLog(controlPlane)
        .entries().stream()
            .filter(entry -> entry.at("/user/username").asText().equals(user))
            .map(entry -> entry.path("objectRef"))
            .filter(object -> object.path("namespace").asText().equals(tenant.name()))
            .map((JsonNode object) -> object.path("name").asText())
            .toList();
  }

  private static String holder(KubernetesClient client, Tenant tenant, String shard) {
    return client
        .leases()
        .inNamespace(release(tenant, shard))
        .withName("connectwise-operator")
        .require()
        .getSpec()
        .getHolderIdentity();
  }

  private static List<String> names(String shard) {
    return IntStream.range(0, EACH).mapToObj(i -> shard + "-" + i).toList();
  }

  private static String manifests(List<String> names, String shard) {
    return names.stream()
        .map(name ->
            "---\n"
                + Tenant.helpDesk(name)
                    .replace("metadata: {", "metadata: {labels: {shard: %s}, ".formatted(shard)))
        .collect(Collectors.joining());
  }
}
