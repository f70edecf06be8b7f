package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account full of instances that people made comes under GitOps, and none is made anew. */
@RealCluster
class ExportIT {
  private static final int INSTANCES = 250;
  private static final String CALLBACK = "https://hooks.example.com/connectwise";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path directory;

  /** Every token that is in use somewhere goes on to work. */
  @Test
  void whatIsExportedIsAdoptedWhenItIsApplied(
      ControlPlane controlPlane,
      ClusterUser person,
      TestNamespace namespace,
      KubernetesClient client)
      throws Exception {
    // Given
    controlPlane.installCrd(CrdFile.PATH);
    try (SimulatorServer simulator = Acme.simulator()) {
      List<Instance> before = makeByHand(simulator);
      person.applies(Acme.CREDENTIALS + "  event.notification.callback.url: " + CALLBACK + "\n");
      Path manifests = exported(simulator);
      try (OperatorProcess operator =
          OperatorProcess.start(
              controlPlane, simulator, Map.of("WATCH_NAMESPACES", namespace.name()))) {
        // When
        person.applies(manifests);
        // Then
        await("all " + INSTANCES + " are ready")
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> {
              operatorLives(operator);
              assertThat(ready(client, namespace))
                  .containsExactlyInAnyOrderElementsOf(before.stream().map(Instance::id).toList());
            });
        assertThat(simulator.simulator().journal().calls(Route.POST_INSTANCES)).isEmpty();
        assertThat(simulator.simulator().platform().live())
            .extracting(Instance::token)
            .containsExactlyInAnyOrderElementsOf(before.stream().map(Instance::token).toList());
        assertThat(simulator.simulator().platform().live())
            .allSatisfy(instance ->
                assertThat(instance.configuration())
                    .containsEntry("event.notification.enabled", "true")
                    .containsEntry("event.notification.callback.url", CALLBACK));
      }
    }
  }

  private static List<Instance> makeByHand(SimulatorServer simulator) {
    OutsideWorld world = simulator.simulator().platform().outsideWorld();
    // the secrets of Acme's account name this user from now on
    User owner = world.addUser("sim-user", "sim-organization");
    for (int i = 0; i < INSTANCES; i++) {
      world.createByHand(
          owner,
          i % 5 == 0 ? "connectwisecrm" : "connectwisehd",
          "Customer " + i,
          Set.of("customer"),
          Map.of(
              "event.notification.enabled", "true", "event.notification.callback.url", CALLBACK));
    }
    return simulator.simulator().platform().live();
  }

  /** The program itself, as a person starts it. */
  private Path exported(SimulatorServer simulator) throws IOException, InterruptedException {
    Path account = Files.writeString(directory.resolve("account.yaml"), Acme.CREDENTIALS);
    Path manifests = directory.resolve("manifests.yaml");
    Path notes = directory.resolve("notes.txt");
    ProcessBuilder export =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "export",
            "--account-secret=" + account,
            "--credentials-secret=acme-credentials");
    export.environment().put("CLOUD_ELEMENTS_BASE_URL", simulator.baseUrl().toString());
    export.environment().put("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", simulator.baseUrl().toString());
    Process process =
        export.redirectOutput(manifests.toFile()).redirectError(notes.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(notes)).isZero();
    assertThat(Files.readString(notes, StandardCharsets.UTF_8)).contains(INSTANCES + " manifests");
    return manifests;
  }

  private static void operatorLives(OperatorProcess operator) {
    assertThat(operator.isAlive()).as("%s", operator).isTrue();
  }

  /** Ids of the instances whose resources are ready. */
  private static List<Long> ready(KubernetesClient client, TestNamespace namespace) {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(namespace.name())
        .list()
        .getItems()
        .stream()
        .filter(resource ->
            resource.getStatus() != null
                && resource.getStatus().conditions().stream()
                    .anyMatch(condition ->
                        condition.getType().equals("Ready")
                            && condition.getStatus().equals("True")))
        .map(resource -> resource.getStatus().instanceId())
        .toList();
  }
}
