package io.cloudelements.connectwise.cli;

import static io.cloudelements.connectwise.cli.ReachedAccount.READ_SECRET;
import static io.cloudelements.connectwise.cli.ReachedAccount.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Behaviour.OrganizationReply;
import io.cloudelements.simulator.model.Route;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code accounts test}: the service is asked with what the account has, and with nothing more. */
class AccountsTestCommandTest {
  private static final String ACCOUNT =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: acme-production, namespace: connectwise-accounts, uid: 4711}
      spec:
        secretRef: {name: acme-admin}
      """;
  private final ReachedAccount service = ReachedAccount.start();

  @AfterEach
  void close() {
    service.close();
  }

  private Shell.Result tests(StoredCluster cluster, String... more) {
    String[] words =
        Stream.concat(
                Stream.of("accounts", "test", "acme-production", "-n", "connectwise-accounts"),
                Stream.of(more))
            .toArray(String[]::new);
    return service.runs(cluster, words);
  }

  @Test
  void tellsTheOrganizationByOneCall() {
    // Given
    StoredCluster cluster = StoredCluster.of(ACCOUNT, SECRET);
    // When
    Shell.Result result = tests(cluster);
    // Then
    assertThat(result.output())
        .isEqualTo(
            """
            CloudElementsAccount connectwise-accounts/acme-production at %s
            Verified: The service accepted the account's secrets, of organization %d (Organization %2$d).
            Its secrets may read the organization.
            """
                .formatted(service.url(), service.user().organizationId()));
    assertThat(service.routes()).containsExactly(Route.GET_ORGANIZATION);
    assertThat(result.exitCode()).isZero();
  }

  /** An account without instances is answered 404 (contract §3), which is no refusal. */
  @Test
  void asksForAListingWhereTheOrganizationIsNotTold() {
    // Given
    service
        .simulator()
        .platform()
        .behave(
            behaviour -> behaviour.with(b -> b.organizationReply = OrganizationReply.FORBIDDEN));
    // When
    Shell.Result result = tests(StoredCluster.of(ACCOUNT, SECRET), "-o", "json");
    // Then
    assertThat(result.output())
        .contains("\"accepted\" : true", "\"may\" : \"list instances\"")
        .doesNotContain("\"organization\"");
    assertThat(service.routes()).containsExactly(Route.GET_ORGANIZATION, Route.GET_INSTANCES);
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void saysThatTheServiceRejectsTheSecrets() {
    // Given
    service.simulator().platform().outsideWorld().revokeUser(ReachedAccount.USER_SECRET);
    // When
    Shell.Result result = tests(StoredCluster.of(ACCOUNT, SECRET));
    // Then
    assertThat(result.output()).contains("AccountRejected: ", "(401)").doesNotContain("may read");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  /** The owner's restrictions hold at a terminal too. */
  @Test
  void asksNothingOfASuspendedAccount() {
    // Given
    StoredCluster cluster = StoredCluster.of(ACCOUNT + "  suspend: true\n", SECRET);
    // When
    Shell.Result result = tests(cluster);
    // Then
    assertThat(result.output()).contains("Suspended: spec.suspend is true");
    assertThat(service.routes()).isEmpty();
    assertThat(cluster.reads()).doesNotContain(READ_SECRET);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void sendsNoSecretToAnAddressThatIsNotAllowed() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(ACCOUNT + "  baseUrl: https://elsewhere.example.com\n", SECRET);
    // When
    Shell.Result result = tests(cluster);
    // Then
    assertThat(result.output()).contains("BaseUrlNotAllowed: spec.baseUrl https://elsewhere");
    assertThat(cluster.reads()).doesNotContain(READ_SECRET);
    assertThat(service.routes()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhenTheSecretMayNotBeRead() {
    // Given
    StoredCluster cluster = StoredCluster.of(ACCOUNT, SECRET).denying(READ_SECRET);
    // When
    Shell.Result result = tests(cluster);
    // Then
    assertThat(result.errors())
        .contains("You may not read Secret connectwise-accounts/acme-admin", "No call was made");
    assertThat(service.routes()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhatTheSecretLacks() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(ACCOUNT, SECRET.replace("organizationSecret:", "organisationSecret:"));
    // When
    Shell.Result result = tests(cluster);
    // Then
    assertThat(result.output())
        .contains("MissingEntries: Secret acme-admin lacks: key organizationSecret");
    assertThat(service.routes()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(1);
  }

  /** The same secrets in another organization would lose the way to all instances. */
  @Test
  void saysThatTheSecretsOpenAnotherOrganization() {
    // Given
    String pinned = ACCOUNT + "status: {organization: {id: \"1\"}, conditions: []}\n";
    // When
    Shell.Result result = tests(StoredCluster.of(pinned, SECRET));
    // Then
    assertThat(result.output()).contains("IdentityChanged: The secrets open organization ");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void saysThatThereIsNoSuchAccount() {
    // Given // When
    Shell.Result result = tests(StoredCluster.of(SECRET));
    // Then
    assertThat(result.errors())
        .isEqualTo("There is no CloudElementsAccount connectwise-accounts/acme-production.\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhenTheAccountMayNotBeSeen() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(ACCOUNT, SECRET)
            .denying("get account connectwise-accounts/acme-production");
    // When
    Shell.Result result = tests(cluster);
    // Then
    assertThat(result.errors())
        .contains("You may not read CloudElementsAccount connectwise-accounts/acme-production");
    assertThat(Set.copyOf(cluster.reads())).hasSize(1);
    assertThat(result.exitCode()).isEqualTo(1);
  }
}
