package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.Resources;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.junit.jupiter.api.Test;

/** By what a resource is found when something happens to a Secret, or to an account. */
class PrimaryCacheTest {

  /** A foreign Secret in the token's place, or a former token, concerns the resource as well. */
  @Test
  void indexesEverySecretThatAReconcileReads() {
    // Given
    ConnectWiseInstance acme =
        Resources.acme(r -> {
          r.setSpec(Resources.spec("credentials", "account", "token"));
          r.setStatus(Resources.status(1L, 7L, "account-1", "former-token"));
        });
    // When
    var keys = PrimaryCache.secretKeys(acme);
    // Then
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "integrations/credentials",
            "integrations/account",
            "integrations/token",
            "integrations/former-token");
    assertThat(PrimaryCache.secretsOf(acme))
        .contains(new ResourceID("former-token", "integrations"));
  }

  /** An index that throws would stop the watch for all resources. */
  @Test
  void aResourceWithoutSpecHasNoSecrets() {
    // Given
    ConnectWiseInstance odd = Resources.acme(r -> r.setSpec(null));
    // When
    var keys = PrimaryCache.secretKeys(odd);
    // Then
    assertThat(keys).isEmpty();
  }

  /** The guard compares with the number of resources that have had an instance. */
  @Test
  void indexesOnlyTheRecordedAccount() {
    // Given
    ConnectWiseInstance fresh = Resources.acme(r -> r.setStatus(null));
    // When
    var accounts = PrimaryCache.accountKeys(fresh);
    // Then
    assertThat(accounts).isEmpty();
    assertThat(PrimaryCache.accountKeys(Resources.acme())).containsExactly("account-1");
  }
}
