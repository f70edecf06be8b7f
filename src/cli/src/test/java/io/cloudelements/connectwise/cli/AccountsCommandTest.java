package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code accounts}: what there is, and what a person may not see. */
class AccountsCommandTest {
  private static final String ACCOUNTS =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: acme-production, namespace: connectwise-accounts, creationTimestamp: "2026-11-27T11:00:00Z"}
      spec:
        baseUrl: https://api.cloud-elements.com/elements/api-v2
        secretRef: {name: acme-admin}
      status:
        organization: {id: "4711", name: "ACME\\e[2J"}
        instances: {total: 137, ready: 135, stalled: 1}
        namespaces: 12
        conditions:
        - {type: Ready, status: "True", reason: Verified, message: fine, lastTransitionTime: "2026-11-27T11:00:00Z"}
      ---
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: new, namespace: connectwise-accounts, creationTimestamp: "2026-11-30T11:58:30Z"}
      spec:
        secretRef: {name: acme-admin}
      """;

  private static String resource(String name, String account) {
    return """
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %s, namespace: integrations}
    spec:
      hub: helpdesk
      credentialsSecretRef: {name: acme-connectwise}
      accountRef: {name: %s, namespace: connectwise-accounts}
    """
        .formatted(name, account);
  }

  @Test
  void showsTheStateOfEachAccount() {
    // Given
    StoredCluster cluster = StoredCluster.of(ACCOUNTS);
    // When
    Shell.Result result = new Shell().in(cluster).runs("accounts", "-A");
    // Then
    assertThat(result.output())
        .isEqualTo(
            """
            NAMESPACE              NAME              URL                                              ORG             READY     REASON     INSTANCES   NAMESPACES   AGE
            connectwise-accounts   acme-production   https://api.cloud-elements.com/elements/api-v2   ACME\\u001b[2J   True      Verified   137         12           3d
            connectwise-accounts   new               <none>                                           <none>          Unknown   <none>     <none>      <none>       1m
            """);
    assertThat(result.errors()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  /** A tenant works in one namespace, and accounts are in another. */
  @Test
  void showsTheAccountsThatTheResourcesOfTheNamespaceReferTo() {
    // Given
    StoredCluster cluster = StoredCluster.of(ACCOUNTS, resource("acme", "acme-production"));
    // When
    Shell.Result result = new Shell().in(cluster).runs("accounts");
    // Then
    assertThat(result.output()).contains("acme-production").doesNotContain("new ");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void saysWhichAccountsMayNotBeSeenAndWhichAreNotThere() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
                resource("acme", "acme-production"),
                resource("beta", "acme-production"),
                resource("gamma", "gone"))
            .denying("get account connectwise-accounts/acme-production");
    // When
    Shell.Result result = new Shell().in(cluster).runs("accounts");
    // Then
    assertThat(result.output())
        .isEqualTo("No CloudElementsAccount is to be seen in namespace integrations.\n");
    assertThat(result.errors())
        .isEqualTo(
            """
            You may not see CloudElementsAccount connectwise-accounts/acme-production, to which 2 resources refer.
            There is no CloudElementsAccount connectwise-accounts/gone, to which 1 resource refers.
            """);
    assertThat(result.exitCode()).isZero();
  }

  /** An incomplete list must say that it is incomplete. */
  @Test
  void failsWhereAccountsMayNotBeListed() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(ACCOUNTS, resource("acme", "acme-production")).denying("list accounts *");
    // When
    Shell.Result result =
        new Shell().in(cluster).runs("accounts", "--all-namespaces", "--output", "yaml");
    // Then
    assertThat(result.output())
        .startsWith("complete: false\naccounts:\n- namespace: connectwise-accounts\n")
        .contains("instances:\n    total: 137", "message: fine", "notVisible: []");
    assertThat(result.errors())
        .contains("You may not list CloudElementsAccounts of all namespaces: shown are those");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void readsNoSecret() {
    // Given
    StoredCluster cluster = StoredCluster.of(ACCOUNTS, resource("acme", "gone"));
    // When
    new Shell().in(cluster).runs("accounts", "-n", "connectwise-accounts");
    new Shell().in(cluster).runs("accounts", "-A");
    // Then
    assertThat(cluster.reads()).isNotEmpty().noneMatch(read -> read.contains("secret"));
  }

  @Test
  void oneNamespaceAndAllOfThemIsAUsageError() {
    // Given // When
    Shell.Result result = new Shell().in(StoredCluster.of()).runs("accounts", "-A", "-n", "x");
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("exclude each other");
  }
}
