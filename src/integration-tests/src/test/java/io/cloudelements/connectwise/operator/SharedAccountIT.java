package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One account of a platform team, whose secrets no tenant holds. */
@RealOperator
class SharedAccountIT {
  /** The team that has the account, in a namespace of its own. */
  private record Platform(ClusterUser person, KubernetesClient client, Tenant tenant) {
    static Platform of(Tenant tenant, KubernetesClient client) {
      String namespace = tenant.name() + "-platform";
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
      return new Platform(new ClusterUser(tenant.person().kubectl(), namespace), client, tenant);
    }

    void appliesSecret(String userSecret) {
      person.applies(
          """
          apiVersion: v1
          kind: Secret
          metadata: {name: acme-admin}
          stringData:
            userSecret: "%s"
            organizationSecret: "%s"
          """
              .formatted(userSecret, tenant.account().organizationSecret()));
    }

    void appliesAccount(String spec) {
      person.applies(
          """
          apiVersion: cloudelements.io/v1
          kind: CloudElementsAccount
          metadata: {name: acme-production}
          spec:
            secretRef: {name: acme-admin}
            %s
          """
              .formatted(spec));
    }

    void shares() {
      appliesSecret(tenant.account().secret());
      appliesAccount("allowedNamespaces: {from: Names, names: [" + tenant.name() + "]}");
      awaitsReason("Verified");
    }

    Optional<CloudElementsAccount> account() {
      return Optional.ofNullable(
          client
              .resources(CloudElementsAccount.class)
              .inNamespace(person.namespace())
              .withName("acme-production")
              .get());
    }

    void awaitsReason(String reason) {
      await("the account is " + reason)
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(account().map(CloudElementsAccount::getStatus))
                  .hasValueSatisfying(status ->
                      assertThat(status.conditions().getFirst().getReason()).isEqualTo(reason)));
    }

    CloudElementsAccountStatus status() {
      return account().orElseThrow().getStatus();
    }
  }

  private static String resource(Platform platform, String name, String... spec) {
    return Tenant.helpDesk(
        name,
        Stream.concat(
                Stream.of(
                    "accountRef: {name: acme-production, namespace: "
                        + platform.person().namespace()
                        + "}"),
                Stream.of(spec))
            .toArray(String[]::new));
  }

  private static void appliesEntries(Tenant tenant) {
    tenant.appliesCredentials(keys -> {
      keys.remove("userSecret");
      keys.remove("organizationSecret");
    });
  }

  @Test
  void aTenantHasAnInstanceAndNoSecretOfTheAccount(Tenant tenant, KubernetesClient client) {
    // Given
    Platform platform = Platform.of(tenant, client);
    platform.shares();
    appliesEntries(tenant);
    // When
    tenant.applies(resource(platform, "acme"));
    tenant.awaitsReady("acme");
    // Then
    tenant.assertDelivered("acme");
    assertThat(tenant.account().routes())
        .containsExactly(Route.GET_ORGANIZATION, Route.GET_INSTANCES, Route.POST_INSTANCES);
    assertThat(tenant.writes()).hasSize(5);
    assertThat(platform.status().organization().id())
        .isEqualTo(Long.toString(tenant.account().user().organizationId()));
    assertThat(tenant.status("acme").orElseThrow().account())
        .isEqualTo(platform.status().fingerprint());
    assertThat(client.secrets().inNamespace(tenant.name()).list().getItems().toString())
        .doesNotContain(encoded(tenant.account().secret()));
  }

  @Test
  void absentAndForbiddenReadTheSame(Tenant tenant, KubernetesClient client) {
    // Given
    Platform platform = Platform.of(tenant, client);
    platform.appliesSecret(tenant.account().secret());
    platform.appliesAccount("allowedNamespaces: {from: Names, names: [another]}");
    platform.awaitsReason("Verified");
    int calls = tenant.account().calls().size();
    appliesEntries(tenant);
    // When
    tenant.applies(resource(platform, "acme"));
    tenant.applies(resource(platform, "beta").replace("acme-production", "acme-absent"));
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
    Platform platform = Platform.of(tenant, client);
    platform.shares();
    appliesEntries(tenant);
    List<String> names = Tenant.names("acme", 5);
    names.forEach(name -> tenant.applies(resource(platform, name)));
    tenant.awaitsReady(names, Duration.ofSeconds(30));
    int writes = tenant.writes().size();
    String before = platform.status().credentialsRevision();
    // When
    String rotated = "canary-rotated+" + tenant.name() + "=";
    tenant.account().outsideWorld().resetUserSecret(tenant.account().secret(), rotated);
    int calls = tenant.account().calls().size();
    platform.appliesSecret(rotated);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !platform.status().credentialsRevision().equals(before));
    names.forEach(tenant::awaitsReconcile);
    // Then
    assertThat(tenant.account().calls().subList(calls, tenant.account().calls().size()))
        .allSatisfy(call -> assertThat(call.status()).hasValue(200));
    assertThat(tenant.account().mutations())
        .containsOnly(Route.POST_INSTANCES)
        .hasSize(names.size());
    assertThat(tenant.writes()).hasSize(writes + names.size());
  }

  @Test
  void anAccountInUseStaysUntilItsLastResourceIsGone(Tenant tenant, KubernetesClient client) {
    // Given
    Platform platform = Platform.of(tenant, client);
    platform.shares();
    appliesEntries(tenant);
    tenant.applies(resource(platform, "acme"));
    tenant.awaitsReady("acme");
    // When
    client.resource(platform.account().orElseThrow()).delete();
    client.secrets().inNamespace(platform.person().namespace()).withName("acme-admin").delete();
    platform.awaitsReason("InUse");
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaitsGone("acme");
    await().atMost(Duration.ofSeconds(30)).until(() -> platform.account().isEmpty());
    assertThat(tenant.account().instances()).isEmpty();
  }

  private static String encoded(String secret) {
    return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }
}
