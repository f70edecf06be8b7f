package io.cloudelements.connectwise.operator;

import static io.cloudelements.connectwise.operator.TokenSecretAssert.assertThatSecret;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.simulator.model.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person can tell the operator besides what is wanted. */
@RealOperator
class PersonalControlIT {

  /**
   * Another hub is another instance: the edit is refused with that message, and the old one stays.
   */
  @Test
  void hubCannotBeChanged(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    // When
    Kubectl.KubectlResult refused =
        tenant.person().triesToApply(Tenant.helpDesk("acme").replace("helpdesk", "crm"));
    // Then
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.errors())
        .contains("create another resource for the other hub, then delete this one");
    tenant.awaitsReconcile("acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** During maintenance at ConnectWise no change of the resource causes a call or a write. */
  @Test
  void suspendStopsCallsAndWrites(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    tenant.changes("acme", "{\"suspend\":true}");
    tenant.awaits(
        "acme",
        acme -> {
          acme.condition("Ready").isTrue();
          acme.condition("Synced").isUnknown().hasReason("Suspended");
        });
    List<Route> routes = tenant.account().routes();
    String secret = tenant.person().gets("secret", "acme-token", "-o", "yaml");
    // When
    tenant.edits(Tenant.CREDENTIALS, Map.of("password", "changed"));
    tenant.edits("acme-token", Map.of("token", "edited"));
    tenant.changes("acme", "{\"name\":\"Changed\"}");
    tenant.awaitsReconcile("acme");
    // Then
    assertThat(tenant.account().routes()).isEqualTo(routes);
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo("edited");
    assertThat(secret).doesNotContain("edited");
    tenant.account().changesPasswordAtConnectWise("changed");
    tenant.changes("acme", "{\"suspend\":false}");
    tenant.awaitsReady("acme");
    assertThat(tenant.account().instance().name()).isEqualTo("Changed");
    assertThatSecret(tenant, "acme-token").hasCurrentToken();
  }

  /** Applied in suspension, so that a whole cluster can be restored before anything moves. */
  @Test
  void aResourceCreatedSuspendedIsNotProvisioned(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme", "suspend: true"));
    // Then
    tenant.awaits("acme", acme -> acme.condition("Synced").isUnknown().hasReason("Suspended"));
    tenant.awaitsReconcile("acme");
    assertThat(tenant.account().calls()).isEmpty();
    assertThat(tenant.secret("acme-token")).isEmpty();
    assertThat(tenant.writes()).allMatch(write -> write.contains("/status "));
    tenant.changes("acme", "{\"suspend\":null}");
    tenant.awaitsReady("acme");
  }

  /** Pipelines ask for a reconcile and must see that it was made. */
  @Test
  void aRequestedReconcileIsMadeAndAcknowledged(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    int reads = tenant.account().calls(Route.GET_INSTANCE).size();
    // When
    tenant
        .person()
        .annotates("cwi", "acme", "cloudelements.io/reconcile-requested-at=2026-11-24T21:00:00Z");
    // Then
    tenant.awaits(
        "the echo",
        () ->
            assertThat(tenant.find("acme").orElseThrow().getStatus().lastHandledReconcileAt())
                .isEqualTo("2026-11-24T21:00:00Z"));
    assertThat(tenant.account().calls(Route.GET_INSTANCE)).hasSize(reads + 1);
  }

  /** A suspended resource is not deleted either, and its status says why the deletion waits. */
  @Test
  void suspendHoldsTheDeletion(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    tenant.changes("acme", "{\"suspend\":true}");
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.condition("Synced")
                .hasReason("Suspended")
                .says("Deletion waits", "spec.deletionPolicy: Retain"));
    assertThat(tenant.account().instances()).hasSize(1);
    tenant.changes("acme", "{\"suspend\":false}");
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instances()).isEmpty();
  }
}
