package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A tenant whose credentials are as large as they may be, beside one with the usual few. */
@RealCluster
class LargeCredentialsIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int RESOURCES = 16;

  /** With the account's and ConnectWise's own the 256 that a resource may have. */
  private static final int FURTHER_ENTRIES = 250;

  private static final int VALUE_BYTES = 1_000;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrd(CrdFile.PATH);
  }

  /**
   * Sixteen refused calls at once, each with nearly a mebibyte from the tenant's own server that
   * quotes a part of what was sent and much that is like it, on a heap of 192 MiB.
   */
  @Test
  void aNeighbourDoesNotNotice(
      ControlPlane controlPlane,
      TestNamespace namespace,
      ClusterUser user,
      KubernetesClient client) {
    // Given
    try (SimulatorServer simulator = SimulatorServer.start(new Simulator(InstantSource.system()));
        OperatorProcess operator =
            OperatorProcess.start(
                controlPlane, simulator, Map.of("WATCH_NAMESPACES", namespace.name()))) {
      simulator.simulator().platform().outsideWorld().addUser("large-user", "large-organization");
      simulator.simulator().platform().outsideWorld().addUser("usual-user", "usual-organization");
      client.resource(secret("large", namespace, FURTHER_ENTRIES)).create();
      client.resource(secret("usual", namespace, 0)).create();
      simulator
          .simulator()
          .faults()
          .on(Route.POST_INSTANCES)
          .matching(request -> request.body().contains("\"large-"))
          .inject(new Fault.Status(400, Map.of(), refusal(), false));
      // When
      user.applies(
          IntStream.range(0, RESOURCES)
              .mapToObj(number -> helpDesk("large-" + number, "large"))
              .collect(Collectors.joining("---\n")));
      await("the tenant's resources are refused")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(messages(client, namespace))
                  .hasSize(RESOURCES)
                  .allSatisfy(message ->
                      assertThat(message).contains("ConnectWise says: \"Login refused ********")));
      user.applies(helpDesk("neighbour", "usual"));
      // Then
      await("the neighbour is ready")
          .atMost(SOON)
          .until(() -> ready(client, namespace, "neighbour").filter("True"::equals).isPresent());
      assertThat(operator.isAlive()).isTrue();
      assertThat(operator.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }
  }

  private static String value(int number) {
    return ("v%04d-".formatted(number)).repeat(VALUE_BYTES / 6 + 1).substring(0, VALUE_BYTES);
  }

  private static String refusal() {
    return """
    {"requestId": "5b0437c6e4b07731ae39b533", "message": "Request failed",
     "providerMessage": "Login refused %s"}
    """
        .formatted(value(7) + " " + "v0007x".repeat(150_000));
  }

  private static Secret secret(String name, TestNamespace namespace, int furtherEntries) {
    SecretBuilder secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace.name())
            .endMetadata()
            .addToStringData("userSecret", name + "-user")
            .addToStringData("organizationSecret", name + "-organization")
            .addToStringData("username", "api1")
            .addToStringData("password", "correct-horse")
            .addToStringData("serverUrl", "https://connectwise.example.com")
            .addToStringData("company", "acme");
    IntStream.range(0, furtherEntries)
        .forEach(number ->
            secret.addToStringData("helpdesk.connectwise.custom" + number, value(number)));
    return secret.build();
  }

  private static String helpDesk(String name, String credentials) {
    return """
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %s}
    spec:
      hub: helpdesk
      credentialsSecretRef: {name: %s}
      deletionPolicy: Retain
    """
        .formatted(name, credentials);
  }

  private static List<String> messages(KubernetesClient client, TestNamespace namespace) {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(namespace.name())
        .list()
        .getItems()
        .stream()
        .filter(resource -> resource.getStatus() != null)
        .flatMap(resource -> resource.getStatus().conditions().stream())
        .filter(condition -> condition.getType().equals("Stalled"))
        .map(Condition::getMessage)
        .toList();
  }

  /** Empty until the resource has a status. */
  private static Optional<String> ready(
      KubernetesClient client, TestNamespace namespace, String resource) {
    return Optional.ofNullable(
            client
                .resources(ConnectWiseInstance.class)
                .inNamespace(namespace.name())
                .withName(resource)
                .get()
                .getStatus())
        .flatMap(status ->
            status.conditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(Condition::getStatus)
                .findFirst());
  }
}
