package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Status and token Secret of fifty resources are wiped together: a restored backup, a wrong hand.
 */
@RealOperator(OperatorScope.MANUAL)
class LostStateIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> NAMES = Tenant.names("lost", 50);

  private OperatorProcess operator;

  @BeforeEach
  void begin(Tenant tenant, OperatedCluster cluster) {
    operator = cluster.start(environment(tenant));
    tenant.appliesHelpDesks(NAMES);
    tenant.awaitsReady(NAMES, LIMIT);
  }

  /** The tag finds every instance again, and no creation is made for any. */
  @Test
  void findsAllInstancesAfterALostStatus(
      KubernetesClient client, Tenant tenant, OperatedCluster cluster) {
    // When
    wipe(client, tenant.name());
    // Then
    assertNothingWasCreatedAnew(tenant, cluster);
  }

  /** The same without what the process remembers. */
  @Test
  void aNewProcessFindsAllInstancesAfterALostStatus(
      KubernetesClient client, Tenant tenant, OperatedCluster cluster) {
    // Given
    operator.kill();
    // When
    wipe(client, tenant.name());
    operator = cluster.start(environment(tenant));
    // Then
    assertNothingWasCreatedAnew(tenant, cluster);
  }

  /** As fast as the server takes it: kubectl would leave the operator seconds in between. */
  private static void wipe(KubernetesClient client, String namespace) {
    NAMES.parallelStream()
        .forEach(name -> {
          client.secrets().inNamespace(namespace).withName(name + "-token").delete();
          client
              .resources(ConnectWiseInstance.class)
              .inNamespace(namespace)
              .withName(name)
              .subresource("status")
              .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":null}");
        });
  }

  private static Map<String, String> environment(Tenant tenant) {
    return Map.of("WATCH_NAMESPACES", tenant.name());
  }

  private static void assertNothingWasCreatedAnew(Tenant tenant, OperatedCluster cluster) {
    tenant.awaitsDelivered(NAMES, LIMIT);
    assertThat(cluster.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(NAMES.size());
  }
}
