package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A CRD that became stricter, with a resource in place that the former one took and this one would
 * not. Kubernetes lets an unchanged value pass ("ratcheting", on by default since 1.30). A control
 * plane of its own, since the CRD changes.
 */
class CrdTighteningIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static ControlPlane controlPlane;
  private static KubernetesClient client;
  private static SimulatorServer simulator;
  private static Tenant tenant;
  private static ClusterUser user;
  private static OperatorProcess operator;

  /**
   * A constraint of today that an earlier CRD may have lacked.
   *
   * @param node of the schema, as a JSON pointer
   * @param constraint a keyword, or how the message of a CEL rule begins
   * @param stored a line of spec that breaks it
   * @param worse a patch of spec that breaks it in another way
   * @param mended a patch of spec that keeps it
   * @param refusal what the API server says to the second
   */
  private record Tightening(
      String node, String constraint, String stored, String worse, String mended, String refusal) {
    @Override
    public String toString() {
      return node.substring(node.lastIndexOf('/') + 1) + ": " + constraint;
    }
  }

  static Stream<Tightening> tightenings() {
    return Stream.of(
        new Tightening(
            "/properties/spec/properties/resyncInterval",
            "must be a duration",
            "resyncInterval: 10s",
            "{\"resyncInterval\": \"11s\"}",
            "{\"resyncInterval\": \"1h\"}",
            "spec.resyncInterval: Invalid value"),
        new Tightening(
            "/properties/spec/properties/tokenSecret/properties/annotations/additionalProperties",
            "maxLength",
            "tokenSecret: {annotations: {note: \"%s\"}}".formatted("x".repeat(4097)),
            "{\"tokenSecret\": {\"annotations\": {\"note\": \"%s\"}}}".formatted("y".repeat(4097)),
            "{\"tokenSecret\": {\"annotations\": {\"note\": \"y\"}}}",
            "spec.tokenSecret.annotations.note: Too long"),
        new Tightening(
            "/properties/spec/properties/configuration",
            "a key that ends in password",
            "configuration: {helpdesk.connectwise.public.key: x}",
            "{\"configuration\": {\"helpdesk.connectwise.note\": \"y\"}}",
            "{\"configuration\": {\"helpdesk.connectwise.public.key\": null}}",
            "spec.configuration: Invalid value"));
  }

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(ControlPlaneOptions.inNewDirectory("tightening-"));
    client = controlPlane.client();
    simulator = SimulatorServer.start();
    controlPlane.installCrds();
    tenant = Tenant.in("default", controlPlane, client, simulator.simulator());
    user = tenant.person();
    operator = OperatorProcess.start(controlPlane, simulator, Map.of("RESYNC_INTERVAL", "24h"));
    tenant.appliesCredentials();
  }

  @AfterAll
  static void stop() {
    operator.close();
    client.close();
    simulator.close();
    controlPlane.close();
  }

  /**
   * A stored resource can be deleted also when it breaks a rule: the operator removes its
   * finalizer.
   */
  @AfterEach
  void isDeleted() {
    user.runs("delete", "cwi", "--all", "--timeout=30s");
    assertThat(tenant.account().instances()).isEmpty();
  }

  /** The request is an annotation, and that it was handled is in the status. */
  @ParameterizedTest
  @MethodSource("tightenings")
  void statusAndMetadataCanBeWritten(Tightening tightening) {
    // Given
    isStoredBefore(tightening);
    // When
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaitsReady("acme");
  }

  /** A person who renames it did not break anything. */
  @ParameterizedTest
  @MethodSource("tightenings")
  void anotherFieldCanBeChanged(Tightening tightening) {
    // Given
    isStoredBefore(tightening);
    // When
    tenant.changes("acme", "{\"name\": \"Renamed\"}");
    // Then
    tenant.awaitsReady("acme");
    assertThat(tenant.account().instance().name()).isEqualTo("Renamed");
  }

  /** New mistakes are what the constraint is for. */
  @ParameterizedTest
  @MethodSource("tightenings")
  void theFieldItselfIsHeldToTheConstraint(Tightening tightening) {
    // Given
    isStoredBefore(tightening);
    // When
    Kubectl.KubectlResult worse = triesToPatch("acme", "{\"spec\": " + tightening.worse() + "}");
    // Then
    assertThat(worse.exitCode()).isNotZero();
    assertThat(worse.errors()).contains(tightening.refusal());
    tenant.changes("acme", tightening.mended());
    tenant.awaitsReady("acme");
  }

  /** Such a rule is never added to v1: a change of any field meets it. */
  @Test
  void aRuleOverTheSpecIsMetByEveryChangeOfTheSpec() {
    // Given
    String rule = "spec.tokenSecret.name must differ from spec.credentialsSecretRef.name";
    isStoredBefore(
        "/properties/spec", rule, "acme", "tokenSecret: {name: " + Tenant.CREDENTIALS + "}");
    // When
    Kubectl.KubectlResult renamed = triesToPatch("acme", "{\"spec\": {\"name\": \"Renamed\"}}");
    // Then
    assertThat(renamed.errors()).contains(rule);
    tenant.awaitsReconcile("acme");
    tenant.changes("acme", "{\"tokenSecret\": null, \"name\": \"Renamed\"}");
    tenant.awaitsReady("acme");
  }

  /** Nor is such a rule: even status and annotations meet it, and a deletion cannot end. */
  @Test
  void aRuleOverTheResourceIsMetByEveryWrite() {
    // Given
    String rule = "metadata.name is longer than 128 characters";
    String resource = "a".repeat(129);
    isStoredBefore("", rule, resource, "suspend: true");
    // When
    Kubectl.KubectlResult status =
        triesToPatch(resource, "{\"status\": {\"state\": \"Failed\"}}", "--subresource=status");
    Kubectl.KubectlResult annotation =
        triesToPatch(resource, "{\"metadata\": {\"annotations\": {\"team\": \"red\"}}}");
    // Then
    assertThat(status.errors()).contains(rule);
    assertThat(annotation.errors()).contains(rule);
    tenant.changes(resource, "{\"name\": \"Acme\"}");
  }

  private static void isStoredBefore(Tightening tightening) {
    isStoredBefore(tightening.node(), tightening.constraint(), "acme", tightening.stored());
    tenant.awaitsReady("acme");
  }

  /** Stores a help desk under a CRD without the constraint, then applies the CRD as it is. */
  private static void isStoredBefore(
      String node, String constraint, String resource, String specLine) {
    Path looser = controlPlane.directory().resolve("looser-crd.yaml");
    String manifest = Tenant.helpDesk(resource, specLine);
    controlPlane.installCrd(LooserCrd.without(node, constraint, looser));
    await("the looser CRD is served")
        .atMost(LIMIT)
        .until(() -> user.triesToApply(manifest).exitCode() == 0);
    controlPlane.installCrds();
    await("the stricter CRD is served")
        .atMost(LIMIT)
        .until(() -> dryRun(Tenant.helpDesk(other(resource), specLine)).exitCode() != 0);
  }

  /** A name as long, since it may be what the constraint is about. */
  private static String other(String resource) {
    return "b" + resource.substring(1);
  }

  private static Kubectl.KubectlResult dryRun(String manifest) {
    return user.kubectl()
        .attemptWithInput(
            manifest, "--namespace=" + user.namespace(), "create", "--dry-run=server", "-f", "-");
  }

  private static Kubectl.KubectlResult triesToPatch(
      String resource, String patch, String... options) {
    return user.kubectl()
        .attempt(
            Stream.concat(
                    Stream.of(
                        "--namespace=" + user.namespace(),
                        "patch",
                        "cwi",
                        resource,
                        "--type=merge",
                        "--patch=" + patch),
                    Stream.of(options))
                .toArray(String[]::new));
  }
}
