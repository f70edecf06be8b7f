package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingAccessTest {
  private static final String ACME = "5f2c0c9a1b7e";

  @Test
  void theOldestObjectOpensTheAccountForItsListings() {
    // Given
    Stream<CloudElementsAccount> accounts =
        Stream.of(
            account("tenant", "2026-12-01T10:00:00Z", ACME),
            account("another", "2026-11-01T10:00:00Z", "0123456789ab"),
            account("platform", "2026-11-24T10:00:00Z", ACME));
    // When
    List<CloudElementsAccount> openers = ListingAccess.openers(accounts, ACME);
    // Then
    assertThat(openers)
        .extracting(account -> account.getMetadata().getNamespace())
        .containsExactly("platform", "tenant");
  }

  private static CloudElementsAccount account(String namespace, String made, String fingerprint) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName("acme")
            .withCreationTimestamp(made)
            .build());
    account.setStatus(
        new CloudElementsAccountStatus(1L, null, fingerprint, null, null, null, null, null, null));
    return account;
  }
}
