package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource gets of an account whose Secret the API server does not show. */
class AccountCacheTest {
  private final CloudElementsAccount account =
      Serialization.unmarshal(
          """
          apiVersion: cloudelements.io/v1
          kind: CloudElementsAccount
          metadata: {name: acme, namespace: platform, uid: uid-1, resourceVersion: "1"}
          spec: {secretRef: {name: acme-admin}}
          status: {credentialsRevision: "0123456789ab"}
          """,
          CloudElementsAccount.class);

  /** A tenant is not told the server's words, which name the owner's Secret. */
  @Test
  void aRefusedSecretOpensNothing() {
    assertThat(failing(403).keys(account)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 429, 503})
  void aReadThatMaySucceedNextIsRepeated(int code) {
    assertThatThrownBy(() -> failing(code).keys(account))
        .isInstanceOf(KubernetesClientException.class);
  }

  private static AccountCache failing(int code) {
    KubernetesClient client = FailingClient.with(code);
    SecretEvents secrets =
        new SecretEvents(Optional.empty(), new PrimaryCache(), new RecentWrites());
    return new AccountCache(
        client,
        secrets,
        new NamespaceLabels(Optional.empty()),
        URI.create("https://api.example.com"));
  }
}
