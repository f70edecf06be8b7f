package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One account of a platform team, whose secrets no tenant holds. */
@RealOperator
class SharedAccountIT {
  @Test
  void aTenantHasAnInstanceAndNoSecretOfTheAccount(Tenant tenant, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    owner.shares();
    owner.appliesEntries();
    // When
    tenant.applies(owner.helpDesk("acme"));
    tenant.awaitsReady("acme");
    // Then
    tenant.assertDelivered("acme");
    tenant.awaitsWritesOfCreations(1);
    assertThat(tenant.account().routes())
        .containsExactly(Route.GET_ORGANIZATION, Route.GET_INSTANCES, Route.POST_INSTANCES);
    assertThat(owner.status().organization().id())
        .isEqualTo(Long.toString(tenant.account().user().organizationId()));
    assertThat(tenant.status("acme").orElseThrow().account())
        .isEqualTo(owner.status().fingerprint());
    assertThat(client.secrets().inNamespace(tenant.name()).list().getItems().toString())
        .doesNotContain(encoded(tenant.account().secret()));
  }

  @Test
  void absentAndForbiddenReadTheSame(Tenant tenant, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    owner.appliesSecret(tenant.account().secret());
    owner.appliesAccount("allowedNamespaces: {from: Names, names: [another]}");
    owner.awaitsReason("Verified");
    int calls = tenant.account().calls().size();
    owner.appliesEntries();
    // When
    tenant.applies(owner.helpDesk("acme"));
    tenant.applies(owner.helpDesk("beta").replace("acme-production", "acme-absent"));
    // Then
    List<String> messages =
        List.of("acme", "beta").stream()
            .map(name ->
                tenant
                    .awaits(name, seen -> seen.condition("Synced").hasReason("WaitingForAccount"))
                    .getStatus()
                    .conditions()
                    .getFirst()
                    .getMessage()
                    .replace("acme-absent", "acme-production")
                    .replaceAll("until .*", ""))
            .toList();
    assertThat(messages).containsOnly(messages.getFirst());
    assertThat(tenant.account().calls()).hasSize(calls);
  }

  @Test
  void aRotationCostsItsResourcesNothing(Tenant tenant, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    owner.shares();
    owner.appliesEntries();
    List<String> names = Tenant.names("acme", 5);
    names.forEach(name -> tenant.applies(owner.helpDesk(name)));
    tenant.awaitsReady(names, Duration.ofSeconds(30));
    tenant.awaitsWritesOfCreations(names.size());
    String before = owner.status().credentialsRevision();
    // When
    String rotated = "canary-rotated+" + tenant.name() + "=";
    tenant.account().outsideWorld().resetUserSecret(tenant.account().secret(), rotated);
    int calls = tenant.account().calls().size();
    owner.appliesSecret(rotated);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !owner.status().credentialsRevision().equals(before));
    names.forEach(tenant::awaitsReconcile);
    // Then
    assertThat(tenant.account().calls().subList(calls, tenant.account().calls().size()))
        .allSatisfy(call -> assertThat(call.status()).hasValue(200));
    assertThat(tenant.account().mutations())
        .containsOnly(Route.POST_INSTANCES)
        .hasSize(names.size());
    assertThat(tenant.writes()).hasSize(6 * names.size());
    // what follows a test expects the secret that the account was opened with
    tenant.account().outsideWorld().resetUserSecret(rotated, tenant.account().secret());
    owner.appliesSecret(tenant.account().secret());
  }

  @Test
  void anAccountInUseStaysUntilItsLastResourceIsGone(Tenant tenant, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    owner.shares();
    owner.appliesEntries();
    tenant.applies(owner.helpDesk("acme"));
    tenant.awaitsReady("acme");
    // When
    client.resource(owner.account().orElseThrow()).delete();
    client.secrets().inNamespace(owner.namespace()).withName("acme-admin").delete();
    owner.awaitsReason("InUse");
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    await().atMost(Duration.ofSeconds(30)).until(() -> owner.account().isEmpty());
    assertThat(tenant.account().instances()).isEmpty();
  }

  private static String encoded(String secret) {
    return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }
}
