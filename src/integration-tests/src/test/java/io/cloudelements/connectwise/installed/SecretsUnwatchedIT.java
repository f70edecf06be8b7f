package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code secrets.watch: false}, under the role that the chart renders for it. */
@RealCluster
class SecretsUnwatchedIT {
  private static final String PASSES = "operator_sdk_reconciliations_success_total";

  /** An interval of 30 s, its jitter, and a busy machine. */
  private static final Duration CHECK = Duration.ofSeconds(50);

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
  }

  /**
   * Who does not let an operator list Secrets must still get an instance, and be able to rotate.
   */
  @Test
  void worksWithoutListingSecretsAndSeesARotationWhenAsked(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    user.applies(Acme.CREDENTIALS);
    Acme acme = new Acme(client, namespace);
    try (SimulatorServer simulator = Acme.simulator();
        OperatorProcess operator =
            OperatorProcess.start(controlPlane, simulator, environment(namespace))) {
      user.applies(Acme.HELP_DESK);
      String before = acme.awaitReady().getStatus().configurationHash();
      // When
      user.applies(Acme.CREDENTIALS.replace("change-me", "changed"));
      user.runs("annotate", "cwi", "acme", "cloudelements.io/reconcile-requested-at=now");
      // Then
      await().atMost(Duration.ofSeconds(20)).until(() -> isAnother(acme, before));
      user.runs("delete", "cwi", "acme", "--timeout=20s");
      assertThat(simulator.simulator().platform().live()).isEmpty();
      assertThat(operator.log()).noneMatch(line -> line.contains("orbidden"));
    }
  }

  /**
   * Nobody annotates after a rotation: it is read at the next check, and the others cost no call.
   */
  @Test
  void aRotationIsSeenAtTheNextCheckWhichAsksNothing(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    user.applies(Acme.CREDENTIALS);
    Acme acme = new Acme(client, namespace);
    Map<String, String> environment = new HashMap<>(environment(namespace));
    environment.put("RESYNC_INTERVAL", "30s");
    try (SimulatorServer simulator = Acme.simulator();
        OperatorProcess operator = OperatorProcess.start(controlPlane, simulator, environment)) {
      user.applies(Acme.HELP_DESK);
      String before = acme.awaitReady().getStatus().configurationHash();
      double passes = operator.metric(PASSES);
      int calls = simulator.simulator().journal().count();
      await("a check").atMost(CHECK).until(() -> operator.metric(PASSES) > passes);
      assertThat(simulator.simulator().journal().count()).isEqualTo(calls);
      // When
      user.applies(Acme.CREDENTIALS.replace("change-me", "changed"));
      // Then
      await("the rotation").atMost(CHECK).until(() -> isAnother(acme, before));
      user.runs("delete", "cwi", "acme", "--timeout=20s");
    }
  }

  /** No event tells when the former Secret is gone, so the resource has to come back by itself. */
  @Test
  void aReplacedResourceBecomesReadyByItself(
      ControlPlane controlPlane,
      ClusterUser user,
      TestNamespace namespace,
      KubernetesClient client) {
    // Given
    user.applies(Acme.CREDENTIALS);
    Acme acme = new Acme(client, namespace);
    try (SimulatorServer simulator = Acme.simulator();
        OperatorProcess operator =
            OperatorProcess.start(controlPlane, simulator, environment(namespace))) {
      user.applies(Acme.HELP_DESK);
      acme.awaitReady();
      // When
      user.replacesByForce(Acme.HELP_DESK);
      // Then
      acme.awaitReady();
      assertThat(mutations(simulator))
          .as("one instance at a time")
          .containsExactly(Route.POST_INSTANCES, Route.DELETE_INSTANCE, Route.POST_INSTANCES);
      assertThat(token(client, namespace)).isEqualTo(onlyInstance(simulator).token());
      hold(user, "[\"example.com/backup\"]");
      user.replacesByForce(Acme.HELP_DESK);
      acme.awaitReason("Reconciling", "FormerSecret");
      assertThat(acme.condition("Stalled")).isEmpty();
      assertThat(simulator.simulator().platform().live()).isEmpty();
      hold(user, "null");
      acme.awaitReady();
      assertThat(token(client, namespace)).isEqualTo(onlyInstance(simulator).token());
      user.runs("delete", "cwi", "acme", "--timeout=20s");
      assertThat(operator.log()).noneMatch(line -> line.contains("orbidden"));
    }
  }

  /** A finalizer of others on the token Secret. */
  private static void hold(ClusterUser user, String finalizers) {
    user.runs(
        "patch",
        "secret",
        "acme-token",
        "--type=merge",
        "-p",
        "{\"metadata\":{\"finalizers\":" + finalizers + "}}");
  }

  private static List<Route> mutations(SimulatorServer simulator) {
    return simulator.simulator().journal().calls().stream()
        .flatMap(call -> call.route().stream())
        .filter(route -> !route.method().equals("GET"))
        .toList();
  }

  private static Instance onlyInstance(SimulatorServer simulator) {
    List<Instance> live = simulator.simulator().platform().live();
    assertThat(live).hasSize(1);
    return live.getFirst();
  }

  private static String token(KubernetesClient client, TestNamespace namespace) {
    Secret secret = client.secrets().inNamespace(namespace.name()).withName("acme-token").get();
    return new String(
        Base64.getDecoder().decode(secret.getData().get("token")), StandardCharsets.UTF_8);
  }

  /** There is none while a new configuration is on its way. */
  private static boolean isAnother(Acme acme, String before) {
    return Optional.ofNullable(acme.awaitReady().getStatus().configurationHash())
        .filter(hash -> !hash.equals(before))
        .isPresent();
  }

  private static Map<String, String> environment(TestNamespace namespace) {
    return Map.of("WATCH_NAMESPACES", namespace.name(), "SECRETS_WATCH", "false");
  }
}
