package io.cloudelements.connectwise.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A suspended resource asks for no call of any kind. */
class ListedAccountsTest {

  @Test
  void skipsAnAccountWithOnlySuspendedResources() {
    // Given
    Stream<ConnectWiseInstance> resources = Stream.of(resource("a", true), resource("b", false));
    // When
    Set<String> listed = ListedAccounts.of(resources, Set.of());
    // Then
    assertThat(listed).containsExactly("b");
  }

  @Test
  void listsAnAccountWithOneActiveResource() {
    // Given
    Stream<ConnectWiseInstance> resources = Stream.of(resource("a", true), resource("a", false));
    // When
    Set<String> listed = ListedAccounts.of(resources, Set.of());
    // Then
    assertThat(listed).containsExactly("a");
  }

  /** An account is remembered for orphan scans; one that only suspended resources use is not. */
  @Test
  void listsRememberedAccountsWithoutSuspendedResources() {
    // Given
    Stream<ConnectWiseInstance> resources = Stream.of(resource("a", true));
    // When
    Set<String> listed = ListedAccounts.of(resources, Set.of("a", "left"));
    // Then
    assertThat(listed).containsExactly("left");
  }

  private static ConnectWiseInstance resource(String account, boolean suspended) {
    return Serialization.unmarshal(
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme, namespace: integrations}
        spec: {hub: helpdesk, credentialsSecretRef: {name: acme}, suspend: %s}
        status: {observedGeneration: 1, account: "%s"}
        """
            .formatted(suspended, account),
        ConnectWiseInstance.class);
  }
}
