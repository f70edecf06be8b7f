package io.cloudelements.connectwise.installed;

import static io.cloudelements.connectwise.operator.TokenSecretAssert.assertThatSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.ResourceAssert;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code secrets.watch: false}, under the role that the chart renders for it. */
@RealOperator(OperatorScope.MANUAL)
class SecretsUnwatchedIT {
  private static final String PASSES = "operator_sdk_reconciliations_success_total";

  /** An interval of 30 s, its jitter, and a busy machine. */
  private static final Duration CHECK = Duration.ofSeconds(50);

  /**
   * Without the right to list Secrets, instances are still created and rotations still delivered.
   */
  @Test
  void detectsARotationOnRequestWithoutListingSecrets(Tenant tenant, OperatedCluster cluster) {
    // Given
    try (OperatorProcess operator = cluster.start(environment(tenant))) {
      tenant.provisions("acme");
      String before = configuration(tenant).orElseThrow();
      // When
      rotate(tenant);
      tenant.requestsReconcile("acme");
      // Then
      await().atMost(Duration.ofSeconds(20)).until(() -> isAnother(tenant, before));
      tenant.person().runs("delete", "cwi", "acme", "--timeout=20s");
      assertThat(tenant.account().instances()).isEmpty();
      assertThat(operator.log()).noneMatch(line -> line.contains("orbidden"));
    }
  }

  /** A rotation without an annotation is read at the next check; the other checks cost no call. */
  @Test
  void detectsARotationAtTheNextResyncWithoutCalls(Tenant tenant, OperatedCluster cluster) {
    // Given
    Map<String, String> environment = new HashMap<>(environment(tenant));
    environment.put("RESYNC_INTERVAL", "30s");
    try (OperatorProcess operator = cluster.start(environment)) {
      tenant.provisions("acme");
      String before = configuration(tenant).orElseThrow();
      double passes = operator.metric(PASSES);
      int calls = cluster.simulator().journal().count();
      await("a check").atMost(CHECK).until(() -> operator.metric(PASSES) > passes);
      assertThat(cluster.simulator().journal().count()).isEqualTo(calls);
      // When
      rotate(tenant);
      // Then
      await("the rotation").atMost(CHECK).until(() -> isAnother(tenant, before));
      tenant.person().runs("delete", "cwi", "acme", "--timeout=20s");
    }
  }

  /** No event tells when the former Secret is gone, so the resource has to come back by itself. */
  @Test
  void aReplacedResourceBecomesReadyByItself(Tenant tenant, OperatedCluster cluster) {
    // Given
    try (OperatorProcess operator = cluster.start(environment(tenant))) {
      tenant.provisions("acme");
      // When
      tenant.person().replacesByForce(Tenant.helpDesk("acme"));
      // Then
      tenant.awaitsReady("acme");
      assertThat(tenant.account().mutations())
          .as("one instance at a time")
          .containsExactly(Route.POST_INSTANCES, Route.DELETE_INSTANCE, Route.POST_INSTANCES);
      assertThatSecret(tenant, "acme-token").hasCurrentToken();
      hold(tenant, "[\"example.com/backup\"]");
      tenant.person().replacesByForce(Tenant.helpDesk("acme"));
      tenant.awaits("acme", acme -> acme.condition("Reconciling").hasReason("FormerSecret"));
      ResourceAssert.assertThat(tenant.find("acme").orElseThrow()).hasNo("Stalled");
      assertThat(tenant.account().instances()).isEmpty();
      hold(tenant, "null");
      tenant.awaitsReady("acme");
      assertThatSecret(tenant, "acme-token").hasCurrentToken();
      tenant.person().runs("delete", "cwi", "acme", "--timeout=20s");
      assertThat(operator.log()).noneMatch(line -> line.contains("orbidden"));
    }
  }

  /** A finalizer of others on the token Secret. */
  private static void hold(Tenant tenant, String finalizers) {
    tenant
        .person()
        .patches("secret", "acme-token", "{\"metadata\":{\"finalizers\":" + finalizers + "}}");
  }

  private static void rotate(Tenant tenant) {
    tenant.account().changesPasswordAtConnectWise("changed");
    tenant.edits(Tenant.CREDENTIALS, Map.of("password", "changed"));
  }

  /** There is none while a new configuration is on its way. */
  private static Optional<String> configuration(Tenant tenant) {
    return tenant.status("acme").map(ConnectWiseInstanceStatus::configurationHash);
  }

  private static boolean isAnother(Tenant tenant, String before) {
    tenant.awaitsReady("acme");
    return configuration(tenant).filter(hash -> !hash.equals(before)).isPresent();
  }

  private static Map<String, String> environment(Tenant tenant) {
    return Map.of("WATCH_NAMESPACES", tenant.name(), "SECRETS_WATCH", "false");
  }
}
