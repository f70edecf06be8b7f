package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Behaviour.AuditLogReply;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The author of a change at the service: asked once for each drift, and only where enabled. */
@RealOperator(OperatorScope.MANUAL)
class DriftAuthorIT {

  /** Told, refused, and never answered: each time one question, one event, and the repair. */
  @Test
  void asksOnceForEachDrift(Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    TenantAccount account = tenant.account();
    try (OperatorProcess _ =
        cluster.start(
            Map.of(
                "WATCH_NAMESPACES",
                tenant.name(),
                "AUDIT_LOGS",
                "true",
                "REQUEST_TIMEOUT",
                "2s"))) {
      Instance instance = tenant.provisions("acme", "name: Acme", "tags: [a]");
      replies(account, AuditLogReply.TOLD);
      // When
      drifts(tenant, instance, "first");
      tenant.awaits("the first", () -> assertThat(told(tenant, client)).hasSize(1));
      replies(account, AuditLogReply.FORBIDDEN);
      drifts(tenant, instance, "second");
      tenant.awaits("the second", () -> assertThat(told(tenant, client)).hasSize(2));
      account.faultsOn(Route.GET_AUDIT_LOG).inject(new Fault.Hang(false));
      drifts(tenant, instance, "third");
      tenant.awaits("the third", () -> assertThat(told(tenant, client)).hasSize(3));
      tenant.awaitsReconcile("acme");
      // Then
      assertThat(account.calls(Route.GET_AUDIT_LOG)).hasSize(3);
      assertThat(told(tenant, client))
          .anySatisfy(note ->
              assertThat(note)
                  .startsWith(
                      "Instance %d was changed at the service (name, tags). "
                          .formatted(instance.id()))
                  .contains("user 9001 from 203.0.113.7 at 20"))
          .anySatisfy(note -> assertThat(note).contains("status 403"))
          .anySatisfy(note -> assertThat(note).contains("did not answer"));
      assertThat(account.mutations())
          .containsExactly(
              Route.POST_INSTANCES,
              Route.PATCH_INSTANCE,
              Route.PATCH_INSTANCE,
              Route.PATCH_INSTANCE);
    }
  }

  /** It is off unless asked for: nothing is known of that part of the service. */
  @Test
  void asksNothingUnlessAskedTo(Tenant tenant, OperatedCluster cluster, KubernetesClient client) {
    // Given
    try (OperatorProcess operator = cluster.start(Map.of("WATCH_NAMESPACES", tenant.name()))) {
      Instance instance = tenant.provisions("acme", "name: Acme", "tags: [a]");
      replies(tenant.account(), AuditLogReply.TOLD);
      // When
      drifts(tenant, instance, "by hand");
      tenant.awaitsReconcile("acme");
      // Then
      assertThat(operator.metric("connectwise_drift_found_total{field=\"name\"}")).isEqualTo(1);
      assertThat(tenant.account().calls(Route.GET_AUDIT_LOG)).isEmpty();
      assertThat(told(tenant, client)).isEmpty();
    }
  }

  /** Returns when the drift is repaired, also while the audit log fails. */
  private static void drifts(Tenant tenant, Instance instance, String name) {
    tenant.account().outsideWorld().rename(instance.id(), name);
    tenant
        .account()
        .outsideWorld()
        .setTags(instance.id(), Set.of("b", tenant.account().ownershipTag("acme")));
    tenant.awaitsReconcile("acme");
    tenant.awaitsReady("acme");
    assertThat(tenant.account().instance().name()).isEqualTo("Acme");
  }

  private static void replies(TenantAccount account, AuditLogReply reply) {
    account.platformBehaves(behaviour -> behaviour.with(b -> b.auditLogReply = reply));
  }

  private static List<String> told(Tenant tenant, KubernetesClient client) {
    return client.events().v1().events().inNamespace(tenant.name()).list().getItems().stream()
        .filter(event -> event.getReason().equals("DriftFound"))
        .map(event -> event.getNote())
        .toList();
  }
}
