package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All missing entries are reported at once, and later ones are used without a request. */
@RealOperator
class CredentialsIT {

  /** Otherwise fixing one entry would only reveal the next one. */
  @Test
  void reportsAllMissingEntriesTogether(Tenant tenant) {
    // Given
    tenant.appliesCredentials(keys -> keys.keySet().retainAll(List.of("userSecret", "company")));
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.hasNo("Stalled")
                .says("acme-credentials", "organizationSecret")
                .says("username", "helpdesk.connectwise.username")
                .says("password", "helpdesk.connectwise.password")
                .says("serverUrl", "helpdesk.connectwise.server.url"));
    assertThat(tenant.events("acme")).as("it may still come").isEmpty();
    assertThat(tenant.account().calls()).isEmpty();
    assertThat(tenant.find("acme").orElseThrow().getMetadata().getFinalizers()).isEmpty();
  }

  /** A corrected Secret takes effect at once: the next timer is a day away. */
  @Test
  void usesACorrectedSecretAtOnce(Tenant tenant) {
    // Given
    tenant.appliesCredentials(keys -> keys.keySet().removeAll(List.of("username", "password")));
    tenant.applies(Tenant.helpDesk("acme"));
    tenant.awaits("acme", acme -> acme.condition("Synced").isFalse().hasReason("WaitingForSecret"));
    // When
    tenant.edits(
        Tenant.CREDENTIALS, Map.of("username", "api1", "password", TenantAccount.PASSWORD));
    // Then
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** A Secret often holds a certificate or a note beside the credentials: they stay in it. */
  @Test
  void doesNotSendKeysThatAreNoEntries(Tenant tenant) {
    // Given
    tenant.appliesCredentials(keys -> {
      keys.put("ca.crt", "-----BEGIN CERTIFICATE-----\\nMIIB\\n");
      keys.put("filter.response.nulls", "false");
      keys.put("notes.txt", "ask Ann");
    });
    // When
    tenant.applies(
        Tenant.helpDesk("acme")
            .replace(
                "{name: " + Tenant.CREDENTIALS + "}",
                "{name: " + Tenant.CREDENTIALS + ", entries: [filter.response.nulls]}"));
    // Then
    tenant.awaitsReady("acme");
    tenant.awaits(
        "acme",
        acme -> acme.condition("Ready").isTrue().says("ca.crt, notes.txt").hasReason("Available"));
    assertThat(tenant.account().instance().configuration())
        .containsEntry("filter.response.nulls", "false")
        .doesNotContainKeys("ca.crt", "notes.txt");
    tenant.awaits(
        "the event", () -> assertThat(tenant.events("acme")).containsExactly("Normal Provisioned"));
  }

  /** GitOps tools apply in an order of their own. */
  @Test
  void usesASecretCreatedLaterAtOnce(Tenant tenant) {
    // Given
    tenant.applies(Tenant.helpDesk("acme"));
    tenant.awaits(
        "acme",
        acme ->
            acme.says("Secret acme-credentials")
                .condition("Reconciling")
                .hasReason("WaitingForSecret"));
    // When
    tenant.appliesCredentials();
    // Then
    tenant.awaitsReady("acme");
  }

  /** One account for many instances is the usual case, and its Secret is kept in one place. */
  @Test
  void rotatesASharedAccountForAllResources(Tenant tenant) {
    // Given
    Map<String, String> account = tenant.account().credentials();
    Map<String, String> logins = tenant.account().credentials();
    account.keySet().retainAll(List.of("userSecret", "organizationSecret"));
    logins.keySet().removeAll(account.keySet());
    tenant.appliesSecret("account", account);
    tenant.appliesSecret(Tenant.CREDENTIALS, logins);
    tenant.applies(Tenant.helpDesk("one", "accountSecretRef: {name: account}"));
    tenant.applies(Tenant.helpDesk("two", "accountSecretRef: {name: account}"));
    tenant.awaitsReady("one");
    tenant.awaitsReady("two");
    // When
    tenant.edits("account", Map.of("userSecret", "revoked"));
    // Then
    tenant.awaits("one", one -> one.isStalled("AccountRejected"));
    tenant.awaits("two", two -> two.isStalled("AccountRejected"));
    tenant.edits("account", account);
    tenant.awaitsReady("one");
    tenant.awaitsReady("two");
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.POST_INSTANCES);
  }
}
