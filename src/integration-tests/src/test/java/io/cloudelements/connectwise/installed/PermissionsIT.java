package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.AuditPolicy;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorRights;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Least privilege, from the API server's own record: a life that needs everything the operator can
 * do, under the roles that the chart renders. A control plane of its own, which keeps an audit of
 * reads too.
 */
class PermissionsIT {
  private static ControlPlane controlPlane;

  /** The ways to install that differ in rights. */
  enum Mode {
    CLUSTER(
        Map.of(
            "CLUSTER_NAME", "", "LEADER_ELECTION", "true", "ACCOUNT_NAMESPACE_SELECTORS", "true")),
    CLUSTER_WITH_LEAST_RIGHTS(Map.of("SECRETS_WATCH", "false")),
    NAMESPACE(
        Map.of("WATCH_NAMESPACES", "namespace,namespace-platform", "LEADER_ELECTION", "true")),
    NAMESPACE_WITH_LEAST_RIGHTS(
        Map.of(
            "WATCH_NAMESPACES",
            "namespace-with-least-rights,namespace-with-least-rights-platform",
            "SECRETS_WATCH",
            "false"));

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> environment;

    Mode(Map<String, String> environment) {
      this.environment = environment;
    }

    /** Where its resources are. */
    String namespace() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By what the account of another namespace lets it in. */
    String allowedNamespaces() {
      return environment().containsKey("ACCOUNT_NAMESPACE_SELECTORS")
          ? "{from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: %s}}}"
              .formatted(namespace())
          : "{from: Names, names: [%s]}".formatted(namespace());
    }

    Map<String, String> environment() {
      Map<String, String> all = new HashMap<>(Map.of("CLUSTER_NAME", "test"));
      all.put("OPERATOR_NAMESPACE", namespace() + "-operator");
      all.putAll(environment);
      return all;
    }
  }

  @BeforeAll
  static void start() throws IOException, URISyntaxException {
    controlPlane =
        ControlPlane.start(
            ControlPlaneOptions.inNewDirectory("permissions-")
                .withAuditPolicy(AuditPolicy.EVERYTHING));
    controlPlane.installCrds();
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  /** A missing right breaks the operator; an unneeded one is a risk when its token is stolen. */
  @ParameterizedTest
  @EnumSource
  void rolesGrantExactlyTheCallsMade(Mode mode) {
    // Given
    Map<String, String> environment = mode.environment();
    controlPlane.kubectl("create", "namespace", mode.namespace());
    controlPlane.kubectl("create", "namespace", AccountOwner.namespaceFor(mode.namespace()));
    OperatorRights rights = OperatorRights.of(environment);
    List<Permission> permissions = Permission.of(rights.objects());
    // When
    List<AuditedCall> calls = callsOfTheWholeLifecycle(mode, rights, environment);
    // Then
    assertThat(calls)
        .filteredOn(call -> permissions.stream().noneMatch(it -> it.covers(call)))
        .as("calls that are none of the roles' business")
        .isEmpty();
    assertThat(permissions)
        .filteredOn(permission -> calls.stream().noneMatch(permission.anywhere()::covers))
        .as("permissions that nothing used")
        .isEmpty();
    assertThat(calls)
        .filteredOn(call -> call.name().equals("bystander"))
        .as("calls about a Secret that no resource names")
        .isEmpty();
  }

  private static List<AuditedCall> callsOfTheWholeLifecycle(
      Mode mode, OperatorRights rights, Map<String, String> environment) {
    AuditLog log = new AuditLog(controlPlane);
    try (KubernetesClient client = controlPlane.client();
        SimulatorServer simulator = SimulatorServer.start();
        Restartable operator = new Restartable(simulator, environment)) {
      Tenant tenant = Tenant.in(mode.namespace(), controlPlane, client, simulator.simulator());
      LifecycleScenario.run(tenant);
      LifecycleScenario.runShared(
          AccountOwner.of(tenant, client), mode.allowedNamespaces(), operator::restart);
      operator.stop();
    } finally {
      // Tells more than the waiting that it made to fail.
      assertThat(AuditedCall.of(log, rights.user()))
          .filteredOn(AuditedCall::isRefused)
          .as("calls that were refused")
          .isEmpty();
    }
    return AuditedCall.of(log, rights.user());
  }

  /** An operator that can be stopped in good order and started anew. */
  private static final class Restartable implements AutoCloseable {
    private final SimulatorServer simulator;
    private final Map<String, String> environment;
    private OperatorProcess process;

    Restartable(SimulatorServer simulator, Map<String, String> environment) {
      this.simulator = simulator;
      this.environment = environment;
      this.process = OperatorProcess.start(controlPlane, simulator, environment);
    }

    void restart() {
      stop();
      process = OperatorProcess.start(controlPlane, simulator, environment);
    }

    void stop() {
      assertThat(process.terminate()).isZero();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
