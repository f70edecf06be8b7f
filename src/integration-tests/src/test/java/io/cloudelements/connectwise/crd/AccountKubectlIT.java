package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the definition of accounts makes of kubectl and of the operator's own writes. */
@RealCluster
class AccountKubectlIT {
  private static final Path ACCOUNT =
      Path.of("src", "testkit", "src", "main", "resources", "crd", "account.yaml");

  private JsonNode written;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  @BeforeEach
  void reportsTheWholeStatus(ClusterUser user) throws IOException {
    String yaml = Files.readString(ACCOUNT);
    written = Serialization.unmarshal(yaml, JsonNode.class);
    user.applies(yaml.replace("connectwise-accounts", user.namespace()));
    user.runs(
        "patch",
        "cea",
        "acme-production",
        "--subresource=status",
        "--type=merge",
        "--patch={\"status\": " + written.get("status") + "}");
  }

  /** A field that the schema forgot would vanish from every status that the operator writes. */
  @Test
  void storesSpecAndStatusAsTheyAreWritten(ClusterUser user) {
    // When
    String stored = user.gets("cea", "acme-production", "--output=json");
    // Then
    JsonNode account = Serialization.unmarshal(stored, JsonNode.class);
    assertThat(account.get("spec")).isEqualTo(written.get("spec"));
    assertThat(account.get("status")).isEqualTo(written.get("status"));
  }

  /** One line has to say whether all is well, and how many would notice if not. */
  @Test
  void listsTheColumns(ClusterUser user) {
    // When
    List<List<String>> table = table(user.gets("cea"));
    // Then
    assertThat(table.getFirst())
        .containsExactly("NAME", "URL", "ORG", "READY", "REASON", "INSTANCES", "NAMESPACES", "AGE");
    assertThat(table.getLast())
        .startsWith(
            "acme-production",
            "https://api.cloud-elements.co.uk/elements/api-v2",
            "ACME",
            "True",
            "Verified",
            "137",
            "12");
  }

  @Test
  void listsTheMessageWhenWide(ClusterUser user) {
    // When
    List<List<String>> table = table(user.gets("cea", "--output=wide"));
    // Then
    assertThat(table.getFirst()).endsWith("AGE", "MESSAGE");
    assertThat(table.getLast()).endsWith("Organization", "ACME", "(4711).");
  }

  /** Both kinds are of one product. */
  @Test
  void isOfTheSameCategoryAsItsInstances(ClusterUser user) {
    // Given
    user.applies(
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme}
        spec:
          hub: helpdesk
          credentialsSecretRef: {name: acme-connectwise}
          accountRef: {name: acme-production}
        """);
    // When
    String names = user.gets("cloudelements", "--output=name");
    // Then
    assertThat(names.lines())
        .containsExactlyInAnyOrder(
            "cloudelementsaccount.cloudelements.io/acme-production",
            "connectwiseinstance.cloudelements.io/acme");
  }

  private static List<List<String>> table(String text) {
    return text.lines().map(line -> List.of(line.strip().split("\\s+"))).toList();
  }
}
