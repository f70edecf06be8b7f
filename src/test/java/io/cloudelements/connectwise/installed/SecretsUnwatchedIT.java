package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.crd.CrdGenerator;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
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
    controlPlane.installCrd(CrdGenerator.FILE);
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
