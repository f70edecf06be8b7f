package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server accepts and refuses, as a person with kubectl sees it. */
@RealCluster
class CrdIT {
  private static final Path SAMPLES = Path.of("deploy", "samples");

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  /** A field that the schema forgets would be pruned, and a default would show as a diff. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.crd.GoldenFile#valid")
  void storesValidManifestsWithoutLoss(GoldenFile file, ClusterUser user) {
    // Given
    file.allButLast().forEach(user::applies);
    // When
    user.applies(file.last());
    // Then
    JsonNode wanted = Serialization.unmarshal(file.last(), JsonNode.class);
    JsonNode stored = only(wanted.get("kind").asText(), user);
    assertThat(stored.get("spec")).isEqualTo(wanted.get("spec"));
    assertThat(appliesOnceMore(user, file.last())).endsWith(" unchanged (server dry run)");
  }

  /** The user sees nothing but the message. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.crd.GoldenFile#invalid")
  void refusesInvalidManifestsWithAMessage(GoldenFile file, ClusterUser user) {
    // Given
    file.allButLast().forEach(user::applies);
    // When
    Kubectl.KubectlResult result = user.triesToApply(file.last());
    // Then
    assertThat(result.exitCode()).isNotZero();
    assertThat(Refusals.of(result)).containsExactly(file.expectedRefusal());
  }

  /** Users try the samples first. */
  @ParameterizedTest
  @ValueSource(strings = {"helpdesk.yaml", "crm.yaml", "crm-rest.yaml"})
  void acceptsTheSamples(String sample, ClusterUser user) {
    // Given
    String manifests =
        String.join("\n---\n", GoldenFile.read(SAMPLES.resolve(sample)).manifests())
            .replace("namespace: integrations", "namespace: " + user.namespace());
    // When
    user.applies(manifests);
    // Then
    String credentials =
        only("ConnectWiseInstance", user).at("/spec/credentialsSecretRef/name").asText();
    assertThat(user.gets("secret", "--output=name")).contains("secret/" + credentials);
  }

  /** The samples are in a namespace that the person may not have yet. */
  @Test
  void acceptsTheNamespaceOfTheSamples(ControlPlane controlPlane) {
    // Given
    String file = SAMPLES.resolve("namespace.yaml").toString();
    // When
    String result = controlPlane.kubectl("apply", "--dry-run=server", "-f", file);
    // Then
    assertThat(result).startsWith("namespace/integrations created");
  }

  private static JsonNode only(String kind, ClusterUser user) {
    String list = user.gets(kind, "--output=json");
    JsonNode items = Serialization.unmarshal(list, JsonNode.class).get("items");
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  /** The difference that a GitOps tool would see after the manifest was applied. */
  private static String appliesOnceMore(ClusterUser user, String manifest) {
    return user.kubectl()
        .runWithInput(
            manifest, "--namespace=" + user.namespace(), "apply", "--dry-run=server", "-f", "-")
        .strip();
  }
}
