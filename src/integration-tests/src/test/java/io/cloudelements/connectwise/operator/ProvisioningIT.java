package io.cloudelements.connectwise.operator;

import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From a manifest to a usable instance and back, on a real API server. */
@RealOperator
class ProvisioningIT {

  /** A corrected Secret takes effect at once. */
  @Test
  void usesASecretCreatedLaterAtOnce(Tenant tenant) {
    // Given
    tenant.applies(Tenant.helpDesk("acme"));
    tenant.awaits("acme", acme -> acme.condition("Reconciling").hasReason("WaitingForSecret"));
    // When
    tenant.appliesCredentials();
    // Then
    tenant.awaitsReady("acme");
  }

  /**
   * {@code kubectl replace --force} creates a namesake while the old resource is on its way out.
   */
  @Test
  void servesARecreatedResourceWithTheSameName(Tenant tenant, KubernetesClient client) {
    // Given
    tenant.appliesCredentials();
    for (int round = 0; round < 10; round++) {
      // The old token Secret goes with the garbage collector, in its own time.
      String manifest = Tenant.helpDesk("acme", "tokenSecret: {name: token-" + round + "}");
      tenant.find("acme").ifPresent(old -> client.resource(old).delete());
      // When
      createAsSoonAsPossible(client, tenant.name(), manifest);
      // Then
      tenant.awaitsReady("acme");
    }
  }

  private static void createAsSoonAsPossible(
      KubernetesClient client, String namespace, String manifest) {
    ConnectWiseInstance wanted = Serialization.unmarshal(manifest, ConnectWiseInstance.class);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .ignoreExceptionsMatching(
            e -> e instanceof KubernetesClientException refused && refused.getCode() == 409)
        .until(() -> client.resource(wanted).inNamespace(namespace).create() != null);
  }
}
