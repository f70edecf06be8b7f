package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator that may only look, and what becomes of it when it may manage. */
@RealOperator(OperatorScope.MANUAL)
class OperatingModeIT {
  private static final List<String> NAMES = Tenant.names("acme", 3);

  /** A restore, and then a person who has looked at it. */
  @Test
  void leavingItWritesToNothingThatHasConverged(Tenant tenant, OperatedCluster cluster) {
    // Given
    tenant.appliesHelpDesks(NAMES);
    try (OperatorProcess _ = serve(tenant, cluster, "Manage")) {
      tenant.awaitsReady(NAMES, Duration.ofSeconds(60));
      tenant.awaitsWritesOfCreations(NAMES.size());
    }
    int created = tenant.writes().size();
    try (OperatorProcess operator = serve(tenant, cluster, "Observe")) {
      NAMES.forEach(name ->
          tenant.awaits(
              name,
              seen ->
                  seen.isReady()
                      .condition("Synced")
                      .isTrue()
                      .says("is valid and enabled", "OPERATING_MODE Observe")));
      assertThat(operator.body("/readyz")).isEqualTo("ok\noperating mode Observe\n");
      assertThat(operator.metric("connectwise_operating_mode{mode=\"Observe\"}")).isEqualTo(1);
    }
    assertThat(tenant.writes()).as("each is told once").hasSize(created + NAMES.size());
    int before = tenant.writes().size();
    // When
    try (OperatorProcess operator = serve(tenant, cluster, "Manage")) {
      tenant.awaits(
          "all are reconciled",
          () ->
              assertThat(
                      operator.metric("connectwise_pass_duration_seconds_count{outcome=\"ready\"}"))
                  .isGreaterThanOrEqualTo(NAMES.size()));
      assertThat(operator.body("/readyz")).isEqualTo("ok\n");
    }
    // Then
    assertThat(tenant.writes()).hasSize(before);
    assertThat(tenant.account().mutations()).containsOnly(Route.POST_INSTANCES).hasSize(3);
  }

  /** A cluster that was restored beside the one that goes on. */
  @Test
  void aDeletionLeavesTheInstance(Tenant tenant, OperatedCluster cluster) {
    // Given
    tenant.appliesHelpDesks(NAMES);
    try (OperatorProcess _ = serve(tenant, cluster, "Manage")) {
      tenant.awaitsReady(NAMES, Duration.ofSeconds(60));
    }
    try (OperatorProcess _ = serve(tenant, cluster, "Plan")) {
      // When
      NAMES.forEach(name -> tenant.person().deletes("cwi", name));
      // Then
      NAMES.forEach(tenant::awaitsGone);
    }
    assertThat(tenant.account().instances()).hasSize(NAMES.size());
    assertThat(tenant.account().mutations()).containsOnly(Route.POST_INSTANCES);
  }

  private static OperatorProcess serve(Tenant tenant, OperatedCluster cluster, String mode) {
    return cluster.start(Map.of("WATCH_NAMESPACES", tenant.name(), "OPERATING_MODE", mode));
  }
}
