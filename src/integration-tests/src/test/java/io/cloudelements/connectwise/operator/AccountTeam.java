package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;

/** Those who keep accounts for others, in a namespace of their own beside a tenant's. */
record AccountTeam(ClusterUser person, KubernetesClient client) {
  static final String ACCOUNT = "acme-production";

  static AccountTeam beside(Tenant tenant, KubernetesClient client) {
    String namespace = tenant.name() + "-accounts";
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    return new AccountTeam(new ClusterUser(tenant.person().kubectl(), namespace), client);
  }

  String namespace() {
    return person.namespace();
  }

  void appliesSecret(String name, String userSecret, String organizationSecret) {
    person.applies(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s}
        stringData: {userSecret: "%s", organizationSecret: "%s"}
        """
            .formatted(name, userSecret, organizationSecret));
  }

  CloudElementsAccountStatus awaitsVerified() {
    await("the account is verified")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(Optional.ofNullable(account().getStatus()))
                .hasValueSatisfying(status ->
                    assertThat(status.conditions().getFirst().getReason()).isEqualTo("Verified")));
    return account().getStatus();
  }

  private CloudElementsAccount account() {
    return client
        .resources(CloudElementsAccount.class)
        .inNamespace(namespace())
        .withName(ACCOUNT)
        .require();
  }
}
