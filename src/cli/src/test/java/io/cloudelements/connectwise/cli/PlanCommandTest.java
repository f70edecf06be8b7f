package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.crd.GoldenFile;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code plan}: every manifest is checked without a cluster and without a call. */
class PlanCommandTest {
  private static final String RESOURCE =
      """
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme, namespace: integrations}
      spec:
        hub: helpdesk
        tags: [b, a]
        credentialsSecretRef: {name: acme-connectwise}
      """;
  private static final String SECRET =
      """
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: acme-connectwise, namespace: integrations}
      stringData:
        userSecret: canary-user
        organizationSecret: canary-organization
        username: api1
        password: canary-password
        serverUrl: https://connectwise.example.com
        company: acme
        event.notification.signature.key: canary-key
      """;

  @TempDir private Path directory;

  /** A pipeline stops before the cluster would, and for the same reason. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.crd.GoldenFile#invalid")
  void refusesManifestsThatTheServerRefuses(GoldenFile file) throws IOException {
    // Given
    String path = file.path().toString();
    // When
    Shell.Result result = new Shell().runs("plan", "--output", "json", path);
    // Then
    JsonNode planned = new JsonMapper().readTree(result.output()).path("resources");
    JsonNode last = planned.get(planned.size() - 1);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(last.path("refusals"))
        .singleElement()
        .extracting(JsonNode::textValue)
        .isEqualTo(file.expectedRefusal());
    assertThat(last.has("request")).isFalse();
  }

  /** Every manifest that the API server stores passes. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.crd.GoldenFile#valid")
  void acceptsManifestsThatTheServerAccepts(GoldenFile file) {
    // Given
    Shell shell = new Shell().with("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", allowed(file));
    // When
    Shell.Result result = shell.runs("plan", file.path().toString());
    // Then
    assertThat(result.output()).contains(": accepted");
    assertThat(result.exitCode()).isZero();
  }

  /** The operator's own list comes on top of the schema; here it allows what the file has. */
  private static String allowed(GoldenFile file) {
    String usual = "https://api.cloud-elements.com/elements/api-v2";
    return file.last()
        .lines()
        .filter(line -> line.strip().startsWith("baseUrl: "))
        .map(line -> line.strip().substring("baseUrl: ".length()) + "," + usual)
        .findFirst()
        .orElse(usual);
  }

  /** The request is what the adapter sends, and nothing of it is secret. */
  @Test
  void showsTheRequestWithoutItsSecrets() throws IOException {
    // Given
    String file = file(RESOURCE + SECRET);
    String tag = OwnershipTag.of("prod", new ResourceId("integrations", "acme")).value();
    // When
    Shell.Result result = new Shell().runs("plan", "--cluster-name=prod", file);
    // Then
    assertThat(result.output())
        .contains(
            "POST https://api.cloud-elements.com/elements/api-v2/instances",
            "Authorization: User ********, Organization ********",
            "\"helpdesk.connectwise.username\" : \"api1\"",
            "\"helpdesk.connectwise.password\" : \"********\"",
            "\"event.notification.signature.key\" : \"********\"",
            "[ \"a\", \"b\", \"connectwise-operator\", \"" + tag + "\" ]")
        .doesNotContain("canary");
    assertThat(result.exitCode()).isZero();
  }

  /** Secrets are seldom in the same repository. */
  @Test
  void namesTheRequiredSecretAndItsKeys() throws IOException {
    // Given
    String file = file(RESOURCE);
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .contains(
            "needs Secret integrations/acme-connectwise with the keys company, organizationSecret,"
                + " password, serverUrl, userSecret, username",
            "<username of Secret acme-connectwise>");
    assertThat(result.exitCode()).isZero();
  }

  /**
   * A manifest that the operator would refuse later is refused here, with the operator's message.
   */
  @Test
  void refusesASecretThatLacksKeys() throws IOException {
    // Given
    String file = file(RESOURCE + SECRET.replace("  company: acme\n", ""));
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output())
        .contains("MissingEntries: Secret acme-connectwise lacks: key company");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  /** A list of allowed URLs is the operator's setting, and it is read from the same variable. */
  @Test
  void refusesABaseUrlThatTheOperatorDoesNotAllow() throws IOException {
    // Given
    String file = file(RESOURCE + "  baseUrl: https://elsewhere.example.com\n");
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output()).contains("BaseUrlNotAllowed: spec.baseUrl https://elsewhere");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  /**
   * A manifest of an untrusted pull request must not write "accepted" into the log of a pipeline.
   */
  @Test
  void escapesControlCharactersInManifests() throws IOException {
    // Given
    String hostile = "\"acme\\e[2J\\x9b31m\\u202e\\nfile.yaml: integrations/acme: accepted\"";
    String file = file(RESOURCE.replace("name: acme,", "name: " + hostile + ","));
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output()).contains("acme\\u001b[2J\\u009b31m\\u202e\\u000afile.yaml");
    assertThat(result.output().replace("\n", ""))
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(result.output().lines()).noneMatch(line -> line.startsWith("file.yaml"));
  }

  /** Adoption sends no POST. */
  @Test
  void showsThePutOfAnAdoption() throws IOException {
    // Given
    String file = file(RESOURCE + "  adoptInstanceId: 1234\n" + SECRET);
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output()).contains("/instances/1234\n").contains("  PUT https://");
  }

  /** A plan without a request says so. */
  @ParameterizedTest
  @ValueSource(strings = {"suspend: true", "managementPolicy: Observe", "managementPolicy: Plan"})
  void showsNoRequestWhenNoneIsSent(String line) throws IOException {
    // Given
    String file = file(RESOURCE + "  " + line + "\n" + SECRET);
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.output()).contains("accepted", "nothing is").doesNotContain("POST");
  }

  /** Usage mistakes are told apart from refused manifests; nothing of a broken Secret is quoted. */
  @Test
  void invalidYamlIsAUsageError() throws IOException {
    // Given
    String file = file("kind: Secret\nstringData: {password: canary\n  x: [");
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains(file + ", line ").doesNotContain("canary");
  }

  @Test
  void aFileWithoutAResourceIsAUsageError() throws IOException {
    // Given
    String file = file("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n");
    // When
    Shell.Result result = new Shell().runs("plan", file);
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("No ConnectWiseInstance");
  }

  /** An invalid setting, with which the operator would not start, fails the plan. */
  @Test
  void anInvalidSettingIsAUsageError() throws IOException {
    // Given
    Shell shell = new Shell().with("CLOUD_ELEMENTS_BASE_URL", "ftp://x");
    // When
    Shell.Result result = shell.runs("plan", file(RESOURCE));
    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors()).contains("CLOUD_ELEMENTS_BASE_URL: ");
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("acme.yaml"), text).toString();
  }
}
