package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.schema.CustomResourceSchema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code accounts migrate}: both halves as patches for Git, without a look into a Secret. */
class AccountsMigrateCommandTest {
  private static final String[] MIGRATE = {
    "accounts",
    "migrate",
    "-A",
    "--account-namespace=connectwise-accounts",
    "--account-name=acme-production"
  };

  private static String resource(String namespace, String name, String account, String... spec) {
    return """
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %s, namespace: %s}
    spec:
      hub: helpdesk
      credentialsSecretRef: {name: %s-connectwise}
      %s
    status:
      account: %s
      conditions: []
    """
        .formatted(name, namespace, name, String.join("\n  ", spec), account);
  }

  private static Shell.Result migrated(StoredCluster cluster, String... more) {
    List<String> words = new ArrayList<>(List.of(MIGRATE));
    words.addAll(List.of(more));
    return new Shell().in(cluster).runs(words.toArray(String[]::new));
  }

  @Test
  void printsTheAccountAndAPatchForEachResource() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource("crm", "beta", "5f2c0c9a1b7e"),
            resource(
                "integrations",
                "acme",
                "5f2c0c9a1b7e",
                "accountSecretRef: {name: shared}",
                "baseUrl: https://api.example.com/elements/api-v2"));
    // When
    Shell.Result result = migrated(cluster);
    // Then
    assertThat(result.output())
        .isEqualTo(
            """
            apiVersion: cloudelements.io/v1
            kind: CloudElementsAccount
            metadata:
              name: acme-production
              namespace: connectwise-accounts
            spec:
              baseUrl: https://api.example.com/elements/api-v2
              secretRef:
                name: acme-production
              allowedNamespaces:
                from: Names
                names:
                - crm
                - integrations
            ---
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata:
              name: beta
              namespace: crm
            spec:
              accountRef:
                name: acme-production
                namespace: connectwise-accounts
            ---
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata:
              name: acme
              namespace: integrations
            spec:
              accountRef:
                name: acme-production
                namespace: connectwise-accounts
              accountSecretRef: null
              baseUrl: null
            """);
    assertThat(result.errors())
        .contains(
            "Copy the keys userSecret and organizationSecret of Secret crm/beta-connectwise into"
                + " Secret connectwise-accounts/acme-production (account 5f2c0c9a1b7e)",
            "kubectl -n connectwise-accounts wait --for=condition=Ready cea/acme-production",
            "remove userSecret and organizationSecret from Secret crm/beta-connectwise, Secret"
                + " integrations/shared");
    assertThat(result.exitCode()).isZero();
  }

  /** The API server must take what is printed. */
  @Test
  void theManifestOfTheAccountIsAcceptedByTheSchema() {
    // Given
    StoredCluster cluster = StoredCluster.of(resource("crm", "beta", "5f2c0c9a1b7e"));
    // When
    Shell.Result result = migrated(cluster, "--only=account", "--account-secret=acme-admin");
    // Then
    List<Manifest> printed =
        Manifest.read(
            "-", new ByteArrayInputStream(result.output().getBytes(StandardCharsets.UTF_8)));
    assertThat(printed)
        .singleElement()
        .satisfies(manifest ->
            assertThat(
                    CustomResourceSchema.ofAccounts()
                        .refusals(manifest.content(), Optional.empty()))
                .isEmpty());
    assertThat(result.output()).contains("name: acme-admin");
  }

  /** A Secret that is in no group must not be emptied, and no value is needed to tell groups. */
  @Test
  void readsNoSecret() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource("crm", "beta", "5f2c0c9a1b7e"),
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: beta-connectwise, namespace: crm}
            stringData: {userSecret: canary-user, organizationSecret: canary-organization}
            """);
    // When
    Shell.Result result = migrated(cluster);
    // Then
    assertThat(cluster.reads()).containsExactly("list instances *", "list accounts *");
    assertThat(result.output() + result.errors()).doesNotContain("canary");
  }

  @Test
  void everyFingerprintIsAnAccountOfItsOwn() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource("crm", "beta", "5f2c0c9a1b7e"), resource("crm", "gamma", "0123456789ab"));
    // When
    Shell.Result both = migrated(cluster, "-o", "table");
    Shell.Result one = migrated(cluster, "-o", "table", "--fingerprint=0123456789ab");
    // Then
    assertThat(both.output())
        .isEqualTo(
            """
            RESOURCE    FINGERPRINT    FROM SECRET             TO ACCOUNT
            crm/gamma   0123456789ab   crm/gamma-connectwise   connectwise-accounts/acme-production-0123456789ab
            crm/beta    5f2c0c9a1b7e   crm/beta-connectwise    connectwise-accounts/acme-production-5f2c0c9a1b7e
            """);
    assertThat(one.output()).contains("accounts/acme-production\n").doesNotContain("beta");
    assertThat(one.errors()).contains("crm/beta is left out: it uses account 5f2c0c9a1b7e.");
  }

  /** One Secret opens one account. */
  @Test
  void everyAccountHasASecretOfItsOwn() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource("crm", "beta", "5f2c0c9a1b7e"), resource("crm", "gamma", "0123456789ab"));
    // When
    Shell.Result both = migrated(cluster, "--only=account", "--account-secret=admin");
    Shell.Result one =
        migrated(cluster, "--only=account", "--account-secret=admin", "--fingerprint=0123456789ab");
    // Then
    assertThat(both.output())
        .containsOnlyOnce("name: admin-0123456789ab\n")
        .containsOnlyOnce("name: admin-5f2c0c9a1b7e\n");
    assertThat(one.output()).contains("name: admin\n");
  }

  /**
   * A resource that the migration would change or stop keeps its Secrets until that is resolved.
   */
  @Test
  void leavesOutWhatIsNotDoneYet() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource("crm", "beta", "5f2c0c9a1b7e", "accountSecretRef: {name: shared}"),
            resource("crm", "fresh", "", "accountSecretRef: {name: shared}")
                .replace("account: \n", "observedGeneration: 1\n"),
            resource("crm", "taking", "5f2c0c9a1b7e", "adoptInstanceId: 12"),
            resource(
                "crm",
                "templated",
                "5f2c0c9a1b7e",
                "tokenSecret: {template: {header: $(authorization)}}"),
            resource("crm", "done", "5f2c0c9a1b7e", "accountRef: {name: x, namespace: y}"));
    // When
    Shell.Result result = migrated(cluster, "-o", "json");
    // Then
    assertThat(result.errors())
        .contains(
            "crm/fresh is left out: its status names no account yet",
            "crm/taking is left out: it asks for taking over instance 12 by spec.adoptInstanceId",
            "crm/templated is left out: its spec.tokenSecret.template holds secrets",
            "Keep them in Secret crm/shared: a resource left out reads it.")
        .doesNotContain("crm/done");
    assertThat(result.output())
        .contains("\"removable\" : [ ]")
        .doesNotContain("\"name\" : \"taking");
  }

  /** The name that most choose for the Secret is that of the account. */
  @Test
  void theSecretOfTheAccountIsNeitherCopiedOntoItselfNorEmptied() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource(
                "connectwise-accounts",
                "acme",
                "5f2c0c9a1b7e",
                "accountSecretRef: {name: acme-production}"),
            resource("crm", "beta", "5f2c0c9a1b7e"));
    // When
    Shell.Result result = migrated(cluster, "-o", "json");
    // Then
    assertThat(result.errors())
        .contains(
            "1. Apply CloudElementsAccount connectwise-accounts/acme-production",
            "2. Then patch the 2 resources",
            "3. Once they are ready, remove userSecret and organizationSecret from Secret"
                + " crm/beta-connectwise: nothing",
            "Keep them in Secret connectwise-accounts/acme-production: CloudElementsAccount"
                + " connectwise-accounts/acme-production reads it.")
        .doesNotContain("Copy the keys");
    assertThat(result.output())
        .contains("\"removable\" : [ \"crm/beta-connectwise\" ]")
        .doesNotContain("\"copy\"");
  }

  /** Resources may have used the very Secrets that others' account objects name. */
  @Test
  void secretsOfAccountsThatThereAreAreKept() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            resource("crm", "alpha", "5f2c0c9a1b7e", "accountSecretRef: {name: calls}"),
            resource("crm", "beta", "5f2c0c9a1b7e", "accountSecretRef: {name: opens}"),
            """
            apiVersion: cloudelements.io/v1
            kind: CloudElementsAccount
            metadata: {name: older, namespace: crm}
            spec: {secretRef: {name: opens}, applicationUser: {secretRef: {name: calls}}}
            """);
    // When
    Shell.Result result = migrated(cluster, "-o", "json");
    // Then
    assertThat(result.errors())
        .contains(
            "1. Copy the keys",
            "Keep them in Secret crm/calls: CloudElementsAccount crm/older reads it.",
            "Keep them in Secret crm/opens: CloudElementsAccount crm/older reads it.")
        .doesNotContain("remove userSecret", "You may not list");
    assertThat(result.output()).contains("\"removable\" : [ ]");
  }

  /** The list must name the part that this person may not see. */
  @Test
  void saysWhenAccountsMayNotBeListed() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(resource("crm", "beta", "5f2c0c9a1b7e")).denying("list accounts *");
    // When
    Shell.Result result = migrated(cluster);
    // Then
    assertThat(result.errors())
        .contains(
            "You may not list CloudElementsAccounts of all namespaces: before you remove keys from"
                + " a Secret, ask whether one uses it.");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void saysWhenResourcesMayNotBeListed() {
    // Given
    StoredCluster cluster = StoredCluster.of().denying("list instances *");
    // When
    Shell.Result result = migrated(cluster);
    // Then
    assertThat(result.errors()).contains("You may not list ConnectWiseInstances of all namespaces");
    assertThat(result.output()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(1);
  }
}
