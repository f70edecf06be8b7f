package io.cloudelements.connectwise.operator;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The usual example: a ConnectWise help desk called {@code acme} whose credentials the simulator
 * knows, and how one sees what became of it.
 */
public final class Acme {
  /** The Secret {@code acme-credentials}, for {@link #simulator}. */
  public static final String CREDENTIALS =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: acme-credentials}
      stringData:
        userSecret: sim-user
        organizationSecret: sim-organization
        username: api1
        password: change-me
        serverUrl: https://connectwise.example.com
        company: acme
      """;

  /** The resource {@code acme}. */
  public static final String HELP_DESK =
      """
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme}
      spec:
        hub: helpdesk
        name: Acme help desk
        tags: [acme]
        credentialsSecretRef: {name: acme-credentials}
      """;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final String namespace;

  public Acme(KubernetesClient client, TestNamespace namespace) {
    this.client = client;
    this.namespace = namespace.name();
  }

  /** A platform that knows the credentials. */
  public static SimulatorServer simulator() {
    SimulatorServer server = SimulatorServer.start(new Simulator(InstantSource.system()));
    server.simulator().platform().outsideWorld().addUser("sim-user", "sim-organization");
    return server;
  }

  public Optional<ConnectWiseInstance> resource() {
    return Optional.ofNullable(
        client.resources(ConnectWiseInstance.class).inNamespace(namespace).withName("acme").get());
  }

  public Optional<Condition> condition(String type) {
    return resource()
        .flatMap(found -> Optional.ofNullable(found.getStatus()))
        .flatMap(status ->
            status.conditions().stream().filter(c -> c.getType().equals(type)).findFirst());
  }

  /** Waits for {@code Ready=True}. */
  public ConnectWiseInstance awaitReady() {
    await("acme is ready")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> condition("Ready").filter(c -> c.getStatus().equals("True")).isPresent());
    return resource().orElseThrow();
  }

  /** Waits until a condition has that reason. */
  public void awaitReason(String type, String reason) {
    await(type + " says " + reason)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> condition(type).filter(c -> c.getReason().equals(reason)).isPresent());
  }

  /** Waits until the resource is no more. */
  public void awaitGone() {
    await("acme is gone")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> resource().isEmpty());
  }
}
