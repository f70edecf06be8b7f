package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.TcpRelay;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connections between operator and API server stop without being closed. */
@RealOperator(OperatorScope.MANUAL)
class SilentWatchIT {
  private static final Duration SOON = Duration.ofSeconds(120);

  /** It once took 373 s, until the watches were renewed anyway; what was open is not used again. */
  @Test
  void detectsAnEditDespiteASilentWatch(
      ControlPlane controlPlane, Tenant tenant, OperatedCluster cluster, KubernetesClient client)
      throws IOException {
    // Given
    Vertx vertx = Vertx.vertx();
    try (TcpRelay relay =
            TcpRelay.to(vertx, URI.create(client.getMasterUrl().toString()).getPort());
        OperatorProcess operator = cluster.start(environment(controlPlane, tenant, relay))) {
      tenant.provisions("acme");
      // When
      relay.stall();
      tenant.changes("acme", "{\"name\":\"Renamed\"}");
      // Then
      await("the new name is sent")
          .atMost(SOON)
          .until(() -> cluster.simulator().journal().count(Route.PATCH_INSTANCE) == 1);
      assertThat(operator.log()).anyMatch(line -> line.contains("it is connected anew"));
      assertThat(operator.metric("connectwise_watch_silence_seconds")).isLessThan(180);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Map<String, String> environment(
      ControlPlane controlPlane, Tenant tenant, TcpRelay relay) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("WATCH_NAMESPACES", tenant.name());
    environment.put("CLUSTER_NAME", "test");
    Path direct = OperatorRights.of(environment).grantedOn(controlPlane);
    Path relayed = direct.resolveSibling("relayed.kubeconfig");
    Files.writeString(
        relayed,
        Files.readString(direct).replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:" + relay.port()));
    environment.put("KUBECONFIG", relayed.toString());
    return environment;
  }
}
