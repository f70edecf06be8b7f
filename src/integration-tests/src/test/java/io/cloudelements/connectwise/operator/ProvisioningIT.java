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
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a manifest to a usable instance and back, on a real API server. */
@RealCluster
class ProvisioningIT {
  private static SimulatorServer simulator;
  private static OperatorProcess operator;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
    simulator = Acme.simulator();
    operator = OperatorProcess.start(controlPlane, simulator, Map.of());
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
    simulator.close();
  }

  /** Nothing may be left behind at the service, nor in the cluster. */
  @Test
  void deletionTakesInstanceAndResourceAway(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    Acme acme = new Acme(client, namespace);
    user.applies(Acme.CREDENTIALS);
    user.applies(Acme.HELP_DESK);
    long id = acme.awaitReady().getStatus().instanceId();
    // When
    user.deletes("cwi", "acme");
    // Then
    acme.awaitGone();
    assertThat(simulator.simulator().platform().instance(id).orElseThrow().isLive()).isFalse();
  }

  /** A person who mends a Secret looks at the terminal, not at the clock. */
  @Test
  void aSecretThatComesLaterIsUsedAtOnce(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    Acme acme = new Acme(client, namespace);
    user.applies(Acme.HELP_DESK);
    acme.awaitReason("Reconciling", "WaitingForSecret");
    // When
    user.applies(Acme.CREDENTIALS);
    // Then
    acme.awaitReady();
  }

  /** The generated Secret is what applications read; who deletes it by mistake gets it back. */
  @Test
  void aDeletedTokenSecretComesBack(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    user.applies(Acme.CREDENTIALS);
    user.applies(Acme.HELP_DESK);
    new Acme(client, namespace).awaitReady();
    // When
    user.deletes("secret", "acme-token");
    // Then
    await()
        .until(() ->
            client.secrets().inNamespace(namespace.name()).withName("acme-token").get() != null);
  }

  /** A status that somebody wiped is found again by the tag, without another creation. */
  @Test
  void aWipedStatusIsFoundAgain(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    Acme acme = new Acme(client, namespace);
    user.applies(Acme.CREDENTIALS);
    user.applies(Acme.HELP_DESK);
    long id = acme.awaitReady().getStatus().instanceId();
    // When
    user.runs(
        "patch", "cwi", "acme", "--subresource=status", "--type=merge", "-p", "{\"status\":null}");
    // Then
    await().until(() -> acme.condition("Ready").isPresent());
    assertThat(acme.awaitReady().getStatus().instanceId()).isEqualTo(id);
  }

  /**
   * {@code kubectl replace --force} creates a namesake while the old resource is on its way out.
   */
  @Test
  void aNamesakeOfADeletedResourceIsServed(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    Acme acme = new Acme(client, namespace);
    user.applies(Acme.CREDENTIALS);
    for (int round = 0; round < 10; round++) {
      // The old token Secret goes with the garbage collector, in its own time.
      String manifest = Acme.HELP_DESK + "  tokenSecret: {name: token-" + round + "}\n";
      acme.resource().ifPresent(old -> client.resource(old).delete());
      // When
      createAsSoonAsPossible(client, namespace, manifest);
      // Then
      acme.awaitReady();
    }
  }

  private static void createAsSoonAsPossible(
      KubernetesClient client, TestNamespace namespace, String manifest) {
    ConnectWiseInstance wanted = Serialization.unmarshal(manifest, ConnectWiseInstance.class);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .ignoreExceptionsMatching(
            e -> e instanceof KubernetesClientException refused && refused.getCode() == 409)
        .until(() -> client.resource(wanted).inNamespace(namespace.name()).create() != null);
  }
}
