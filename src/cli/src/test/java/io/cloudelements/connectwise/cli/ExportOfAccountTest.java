package io.cloudelements.connectwise.cli;

import static io.cloudelements.connectwise.cli.ReachedAccount.READ_SECRET;
import static io.cloudelements.connectwise.cli.ReachedAccount.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code export --account}: the owner of an account decides before anything of it is read. */
class ExportOfAccountTest {
  private final ReachedAccount service = ReachedAccount.start();

  @BeforeEach
  void open() {
    service
        .simulator()
        .platform()
        .outsideWorld()
        .createByHand(service.user(), "connectwisehd", "Acme", Set.of("b"), Map.of());
  }

  @AfterEach
  void close() {
    service.close();
  }

  private String account(String terms) {
    String revision =
        new Account(
                URI.create(service.url()),
                SecretValue.of(ReachedAccount.USER_SECRET),
                SecretValue.of(ReachedAccount.ORGANIZATION_SECRET))
            .revision("4711");
    return """
    apiVersion: cloudelements.io/v1
    kind: CloudElementsAccount
    metadata: {name: acme-production, namespace: connectwise-accounts, uid: "4711"}
    spec:
      secretRef: {name: acme-admin}
      %s
    status:
      credentialsRevision: "%s"
      conditions:
      - {type: Ready, status: "True", reason: Verified}
    """
        .formatted(terms, revision);
  }

  private Shell.Result exports(StoredCluster cluster, String name) {
    return service.runs(
        cluster, "export", "--account=connectwise-accounts/" + name, "-n", "integrations");
  }

  @Test
  void refersToTheAccountThatLetsItsInstancesBeAdopted() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(
            account("allowedNamespaces: {from: All}\n  permit: {adoption: Allowed}"), SECRET);
    // When
    Shell.Result result = exports(cluster, "acme-production");
    // Then
    assertThat(result.errors()).startsWith("1 manifests.");
    assertThat(result.output())
        .contains(
            "accountRef:\n    name: acme-production\n    namespace: connectwise-accounts\n",
            "adoptInstanceId:")
        .doesNotContain("accountSecretRef", "baseUrl");
    assertThat(result.exitCode()).isZero();
  }

  /** The same words as for an account that does not exist, and no read of its Secret. */
  @Test
  void absentAndForbiddenReadTheSame() {
    // Given
    StoredCluster cluster =
        StoredCluster.of(account("allowedNamespaces: {from: Names, names: [another]}"), SECRET);
    // When
    Shell.Result forbidden = exports(cluster, "acme-production");
    Shell.Result absent = exports(cluster, "no-such-account");
    // Then
    assertThat(forbidden.errors())
        .startsWith("AccountNotUsable: There is no CloudElementsAccount connectwise-accounts/acme")
        .isEqualTo(absent.errors().replace("no-such-account", "acme-production"));
    assertThat(forbidden.exitCode()).isEqualTo(1);
    assertThat(cluster.reads()).doesNotContain(READ_SECRET);
    assertThat(service.routes()).isEmpty();
  }

  @Test
  void readsNoSecretWhereTheOwnerForbidsAdoption() {
    // Given
    StoredCluster cluster = StoredCluster.of(account("allowedNamespaces: {from: All}"), SECRET);
    // When
    Shell.Result result = exports(cluster, "acme-production");
    // Then
    assertThat(result.errors())
        .startsWith("NotPermitted: ")
        .contains("taking over instances by spec.adoptInstanceId");
    assertThat(cluster.reads()).doesNotContain(READ_SECRET);
    assertThat(service.routes()).isEmpty();
  }

  @Test
  void saysWhenTheAccountOrItsNamespaceMayNotBeSeen() {
    // Given
    StoredCluster unseen =
        StoredCluster.of(account("allowedNamespaces: {from: All}"), SECRET)
            .denying("get account connectwise-accounts/acme-production");
    StoredCluster unlabelled =
        StoredCluster.of(
                account(
                    "allowedNamespaces: {from: Selector, selector: {matchLabels: {crm: acme}}}"),
                SECRET)
            .denying("get namespace integrations");
    // When
    Shell.Result account = exports(unseen, "acme-production");
    Shell.Result labels = exports(unlabelled, "acme-production");
    // Then
    assertThat(account.errors()).startsWith("You may not read CloudElementsAccount");
    assertThat(labels.errors()).startsWith("You may not read namespace integrations");
    assertThat(unlabelled.reads()).doesNotContain(READ_SECRET);
    assertThat(service.routes()).isEmpty();
  }

  @Test
  void needsTheNamespaceThatAsks() {
    // Given
    StoredCluster cluster = StoredCluster.of();
    // When
    Shell.Result result = service.runs(cluster, "export", "--account=a/b");
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("--account needs --namespace");
    assertThat(cluster.reads()).isEmpty();
  }
}
