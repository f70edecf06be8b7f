package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code plan} says of accounts, and of resources that refer to one. */
class PlanOfAccountsTest {
  private static final String ACCOUNT =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: acme-production, namespace: connectwise-accounts}
      spec:
        baseUrl: https://api.cloud-elements.co.uk/elements/api-v2
        secretRef: {name: acme-admin}
        allowedNamespaces: {from: Names, names: [integrations]}
      """;

  private static final String SECRET =
      """
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: acme-admin, namespace: connectwise-accounts}
      stringData: {userSecret: canary-user, organizationSecret: canary-organization}
      """;

  private static final String RESOURCE =
      """
      ---
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme, namespace: integrations}
      spec:
        hub: helpdesk
        credentialsSecretRef: {name: acme-connectwise}
        accountRef: {name: acme-production, namespace: connectwise-accounts}
      """;

  @TempDir private Path directory;

  /** An account sends nothing by itself, and the file has no secret of it. */
  @Test
  void namesTheSecretsOfAnAccount() throws IOException {
    // Given
    String file = file(ACCOUNT + "  applicationUser: {secretRef: {name: acme-app}}\n");
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .isEqualTo(
            file
                + """
                : CloudElementsAccount connectwise-accounts/acme-production: accepted
                  needs Secret connectwise-accounts/acme-admin with the keys organizationSecret, userSecret
                  needs Secret connectwise-accounts/acme-app with the keys userSecret
                """);
    assertThat(result.exitCode()).isZero();
  }

  /**
   * A manifest that the operator would refuse later is refused here, with the operator's message.
   */
  @ParameterizedTest
  @CsvSource({
    "'userSecret: canary-user, ', '', MissingEntries: Secret acme-admin lacks: key userSecret",
    "https://api.cloud-elements.co.uk, https://elsewhere.example.com, BaseUrlNotAllowed:"
        + " spec.baseUrl https://elsewhere"
  })
  void refusesAnAccountThatTheOperatorWouldNotUse(String from, String to, String refusal)
      throws IOException {
    // Given
    String file = file((ACCOUNT + SECRET).replace(from, to));
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output()).contains(refusal).doesNotContain("canary");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  /** The tenant's own Secret needs no secret of the account, and the request goes to its URL. */
  @Test
  void showsTheRequestToTheAccountOfTheResource() throws IOException {
    // Given
    String file = file(ACCOUNT + SECRET + RESOURCE);
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .contains(
            "ConnectWiseInstance integrations/acme: accepted",
            "POST https://api.cloud-elements.co.uk/elements/api-v2/instances",
            "needs Secret integrations/acme-connectwise with the keys company, password, serverUrl,"
                + " username\n")
        .doesNotContain("canary");
    assertThat(result.exitCode()).isZero();
  }

  /** A tenant's repository has not the account in it. */
  @Test
  void namesAnAccountThatIsInNoFile() throws IOException {
    // Given
    String file = file(RESOURCE + "  adoptInstanceId: 7\n");
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .contains(
            "integrations/acme: accepted",
            "needs CloudElementsAccount connectwise-accounts/acme-production, which must let this"
                + " namespace use it",
            "PUT https://api.cloud-elements.com/elements/api-v2/instances/7\n");
    assertThat(result.exitCode()).isZero();
  }

  /** The owner's repository has both, and finds out before the tenants do. */
  @ParameterizedTest
  @CsvSource({
    "names: [integrations], names: [team-b], AccountNotUsable: There is no CloudElementsAccount"
        + " connectwise-accounts/acme-production that namespace integrations may use",
    "baseUrl: https://api.cloud-elements.co.uk/elements/api-v2, permit: {elements:"
        + " [connectwisecrm]}, NotPermitted: "
  })
  void refusesAResourceThatTheAccountDoesNotLet(String from, String to, String refusal)
      throws IOException {
    // Given
    String file = file((ACCOUNT + SECRET + RESOURCE).replace(from, to));
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .contains("ConnectWiseInstance integrations/acme: refused", refusal)
        .contains("CloudElementsAccount connectwise-accounts/acme-production: accepted");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  /** Labels are often set by another team. */
  @Test
  void namesTheLabelsThatANamespaceInNoFileNeeds() throws IOException {
    // Given
    String file = file(selecting("{crm: acme}") + SECRET + RESOURCE);
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .contains(
            "needs the operator's ACCOUNT_NAMESPACE_SELECTORS=true",
            "needs labels on namespace integrations that the selector of CloudElementsAccount"
                + " connectwise-accounts/acme-production matches",
            "POST https://");
    assertThat(result.exitCode()).isZero();
  }

  /** The name is a label that the API server sets itself. */
  @ParameterizedTest
  @CsvSource({
    "'{crm: acme}', accepted",
    "'{kubernetes.io/metadata.name: integrations}', accepted",
    "'{crm: globex}', refused"
  })
  void selectsNamespacesAmongTheFiles(String labels, String result) throws IOException {
    // Given
    String namespace =
        """
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: integrations, labels: {crm: acme}}
        """;
    String file = file(selecting(labels) + SECRET + namespace + RESOURCE);
    // When
    Shell.Result planned = new Shell().runs("plan", file);
    // Then
    assertThat(planned.output()).contains("ConnectWiseInstance integrations/acme: " + result);
  }

  /** A change of one is no change of the other. */
  @Test
  void tellsAnAccountFromAResourceOfTheSameName() throws IOException {
    // Given
    String file =
        file(
            ACCOUNT
                + RESOURCE
                    .replace("{name: acme,", "{name: acme-production,")
                    .replace("namespace: integrations", "namespace: connectwise-accounts"));
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output()).contains("POST https://").doesNotContain("refused", "changes");
  }

  private static String selecting(String labels) {
    return ACCOUNT.replace(
        "{from: Names, names: [integrations]}",
        "{from: Selector, selector: {matchLabels: " + labels + "}}");
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("acme.yaml"), text).toString();
  }
}
