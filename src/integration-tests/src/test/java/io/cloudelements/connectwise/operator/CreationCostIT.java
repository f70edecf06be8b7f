package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.simulator.model.Route;
import org.junit.jupiter.api.Test;

/**
 * What a creation costs. The operator serves one namespace, since resources of earlier tests that
 * go with their namespaces would be counted too.
 */
@RealOperator(OperatorScope.TEST)
class CreationCostIT {
  private static final String RECONCILED = "operator_sdk_reconciliations_success_total";

  /** The whole job, at its exact price. */
  @Test
  void creationMakesTwoCallsAndFiveWrites(Tenant tenant, OperatedCluster cluster) {
    // Given
    OperatorProcess operator = cluster.operator();
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaitsReady("acme");
    await().untilAsserted(() -> assertThat(tenant.writes()).hasSize(5));
    assertThat(tenant.writes())
        .satisfiesExactly(
            finalizer -> assertThat(finalizer).isEqualTo("patch connectwiseinstances/acme 200"),
            intent -> assertThat(intent).isEqualTo("patch connectwiseinstances/acme/status 200"),
            token -> assertThat(token).isEqualTo("create secrets/acme-token 201"),
            report -> assertThat(report).isEqualTo("patch connectwiseinstances/acme/status 200"),
            event -> assertThat(event).startsWith("create events/acme.").endsWith(" 201"));
    assertThat(cluster.simulator().journal().calls())
        .extracting(call -> call.route().orElseThrow())
        .containsExactly(Route.GET_INSTANCES, Route.POST_INSTANCES);
    await().until(() -> operator.metric(RECONCILED) > 0);
    assertThat(operator.metric(RECONCILED)).isEqualTo(1);
    assertThat(operator.metric("connectwise_account_queue_wait_seconds_count"))
        .as("both calls in one turn")
        .isEqualTo(1);
    assertThat(tenant.person().gets("cwi"))
        .containsPattern("acme +helpdesk +\\d+ +Valid +True +Available +acme-token");
    assertThat(tenant.secret("acme-token").orElseThrow())
        .containsOnlyKeys("type", "provider", "token", "instance-id", "element-key", "hub", "uri");
  }
}
