package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code accounts migrate} prints is applied, and costs what it promises. */
@RealOperator
class AccountMigrationIT {
  private static final List<String> NAMES = List.of("acme", "beta");

  /** An application must not notice that its secrets have moved. */
  @Test
  void aMigrationWithTheSameSecretsIsOneStatusWriteForEachResource(
      Tenant tenant, ControlPlane controlPlane, KubernetesClient client) throws Exception {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    tenant.appliesCredentials();
    tenant.appliesSecret(
        "acme-account",
        Map.of(
            "userSecret", tenant.account().secret(),
            "organizationSecret", tenant.account().organizationSecret()));
    tenant.applies(Tenant.helpDesk("acme"));
    tenant.applies(Tenant.helpDesk("beta", "accountSecretRef: {name: acme-account}"));
    NAMES.forEach(tenant::awaitsReady);
    tenant.awaitsWritesOfCreations(NAMES.size());
    List<String> tokens = tokenVersions(tenant, client);
    int writes = tenant.writes().size();
    List<Route> mutations = tenant.account().mutations();
    // When
    owner.appliesSecret(
        AccountOwner.ACCOUNT, tenant.account().secret(), tenant.account().organizationSecret());
    owner.person().applies(migrate(tenant, owner, controlPlane, "--only=account"));
    owner.awaitsReason("Verified");
    String fingerprint = owner.status().fingerprint();
    patches(migrate(tenant, owner, controlPlane, "--only=resources", "--output=json"))
        .forEach(patch ->
            tenant.person().patches("cwi", patch.at("/metadata/name").asText(), patch.toString()));
    // Then
    NAMES.forEach(name ->
        tenant.awaits(
            "the migration of " + name,
            () ->
                assertThat(tenant.status(name).orElseThrow())
                    .satisfies(status -> {
                      assertThat(status.account()).isEqualTo(fingerprint);
                      assertThat(status.observedGeneration()).isEqualTo(2);
                    })));
    assertThat(tenant.writes().stream().skip(writes).sorted())
        .containsExactlyElementsOf(
            NAMES.stream().map("patch connectwiseinstances/%s/status 200"::formatted).toList());
    assertThat(tenant.account().mutations()).isEqualTo(mutations);
    assertThat(tokenVersions(tenant, client)).isEqualTo(tokens);
    NAMES.forEach(tenant::assertDelivered);
  }

  /** The last step: the tenant holds no secret of the account any more. */
  @Test
  void theTenantsSecretsNeedNoKeysOfTheAccountAfterwards(
      Tenant tenant, ControlPlane controlPlane, KubernetesClient client) throws Exception {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    tenant.provisions("acme");
    owner.appliesSecret(
        AccountOwner.ACCOUNT, tenant.account().secret(), tenant.account().organizationSecret());
    owner.person().applies(migrate(tenant, owner, controlPlane, "--only=account"));
    owner.awaitsReason("Verified");
    JsonNode patch =
        patches(migrate(tenant, owner, controlPlane, "--output=json")).findFirst().orElseThrow();
    tenant.person().patches("cwi", "acme", patch.toString());
    tenant.awaitsReconcile("acme");
    // When
    tenant
        .person()
        .patches(
            "secret",
            Tenant.CREDENTIALS,
            "{\"data\":{\"userSecret\":null,\"organizationSecret\":null}}");
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaits("acme", acme -> acme.condition("Synced").isTrue().hasReason("Available"));
    tenant.assertDelivered("acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  private static String migrate(
      Tenant tenant, AccountOwner owner, ControlPlane controlPlane, String... more) {
    String[] words =
        Stream.concat(
                Stream.of(
                    "accounts",
                    "migrate",
                    "--kubeconfig=" + controlPlane.kubeconfig(),
                    "--namespace=" + tenant.name(),
                    "--account-namespace=" + owner.namespace(),
                    "--account-name=" + AccountOwner.ACCOUNT),
                Stream.of(more))
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(words);
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output() + run.errors()).doesNotContain(TenantAccount.CANARY);
    return run.output();
  }

  private static Stream<JsonNode> patches(String json) throws Exception {
    return new JsonMapper()
        .readTree(json).findValues("patches").stream().flatMap(JsonNode::valueStream);
  }

  private static List<String> tokenVersions(Tenant tenant, KubernetesClient client) {
    return NAMES.stream()
        .map(name ->
            client
                .secrets()
                .inNamespace(tenant.name())
                .withName(name + "-token")
                .require()
                .getMetadata()
                .getResourceVersion())
        .toList();
  }
}
