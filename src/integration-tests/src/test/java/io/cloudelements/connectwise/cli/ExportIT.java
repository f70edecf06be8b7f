package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account full of instances that people made comes under GitOps, and none is made anew. */
@RealOperator(OperatorScope.MANUAL)
class ExportIT {
  private static final int INSTANCES = 250;
  private static final String CALLBACK = "https://hooks.example.com/connectwise";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path directory;

  /** Every token that is in use somewhere goes on to work. */
  @Test
  void appliedExportAdoptsTheInstances(Tenant tenant, OperatedCluster cluster) throws Exception {
    // Given
    List<Instance> before = makeByHand(tenant);
    Platform platform = cluster.simulator().platform();
    tenant.appliesCredentials(keys -> keys.put("event.notification.callback.url", CALLBACK));
    Path manifests = exported(tenant, cluster.baseUrl());
    OperatorProcess operator = cluster.start(Map.of("WATCH_NAMESPACES", tenant.name()));
    // When
    tenant.person().applies(manifests);
    // Then
    await("all " + INSTANCES + " are ready")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> {
          operatorLives(operator);
          assertThat(ready(tenant))
              .containsExactlyInAnyOrderElementsOf(before.stream().map(Instance::id).toList());
        });
    assertThat(cluster.simulator().journal().calls(Route.POST_INSTANCES)).isEmpty();
    assertThat(platform.live())
        .extracting(Instance::token)
        .containsExactlyInAnyOrderElementsOf(before.stream().map(Instance::token).toList());
    assertThat(platform.live())
        .allSatisfy(instance ->
            assertThat(instance.configuration())
                .containsEntry("event.notification.enabled", "true")
                .containsEntry("event.notification.callback.url", CALLBACK));
  }

  private static List<Instance> makeByHand(Tenant tenant) {
    for (int i = 0; i < INSTANCES; i++) {
      tenant
          .account()
          .makesByHand(
              i % 5 == 0 ? "connectwisecrm" : "connectwisehd",
              "Customer " + i,
              Set.of("customer"),
              Map.of(
                  "event.notification.enabled",
                  "true",
                  "event.notification.callback.url",
                  CALLBACK));
    }
    return tenant.account().instances();
  }

  /** The program itself, as a person starts it. */
  private Path exported(Tenant tenant, String baseUrl) throws IOException {
    Path account =
        Files.writeString(
            directory.resolve("account.yaml"),
            tenant.person().gets("secret", Tenant.CREDENTIALS, "-o", "yaml"));
    Command.CommandResult export =
        Command.ofJava(
                Main.class,
                "export",
                "--account-secret=" + account,
                "--credentials-secret=" + Tenant.CREDENTIALS)
            .withEnvironment(
                Map.of(
                    "CLOUD_ELEMENTS_BASE_URL", baseUrl,
                    "CLOUD_ELEMENTS_ALLOWED_BASE_URLS", baseUrl))
            .run();
    assertThat(export.exitCode()).as(export.errors()).isZero();
    assertThat(export.errors()).contains(INSTANCES + " manifests");
    return Files.writeString(directory.resolve("manifests.yaml"), export.output());
  }

  private static void operatorLives(OperatorProcess operator) {
    assertThat(operator.isAlive()).as("%s", operator).isTrue();
  }

  /** Ids of the instances whose resources are ready. */
  private static List<Long> ready(Tenant tenant) {
    return tenant.resources().stream()
        .filter(Tenant::isReady)
        .map(resource -> resource.getStatus().instanceId())
        .toList();
  }
}
