package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the definition makes of kubectl and of the operator's own writes. */
@RealCluster
class CrdKubectlIT {
  private static final String MINIMAL =
      """
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme}
      spec:
        hub: helpdesk
        name: Acme
        credentialsSecretRef: {name: acme-connectwise}
        accountRef: {name: acme-production, namespace: connectwise-accounts}
      """;

  private static final String STATUS =
      """
      {"status": {"state": "Valid", "instanceId": 1234, "tokenSecretRef": {"name": "acme-token"},
       "conditions": [{"type": "Ready", "status": "True", "reason": "Provisioned",
        "message": "usable", "lastTransitionTime": "2026-11-24T08:00:00Z"}]}}
      """;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  /** One line has to say whether all is well. */
  @Test
  void listsTheColumns(ClusterUser user) {
    // Given
    user.applies(MINIMAL);
    reports(user, STATUS);
    // When
    String table = user.gets("cwi");
    // Then
    assertThat(table.lines().map(CrdKubectlIT::words))
        .satisfiesExactly(
            header ->
                assertThat(header)
                    .containsExactly(
                        "NAME", "HUB", "INSTANCE", "STATE", "READY", "REASON", "SECRET", "AGE"),
            row ->
                assertThat(row)
                    .startsWith(
                        "acme", "helpdesk", "1234", "Valid", "True", "Provisioned", "acme-token"));
  }

  /** The message is long, so only the wide output shows it. */
  @Test
  void listsMoreColumnsWhenWide(ClusterUser user) {
    // Given
    user.applies(MINIMAL);
    reports(user, STATUS);
    // When
    String table = user.gets("cwi", "--output=wide");
    // Then
    assertThat(table.lines().map(CrdKubectlIT::words))
        .satisfiesExactly(
            header -> assertThat(header).endsWith("AGE", "MESSAGE", "NAME", "ACCOUNT", "NEXT"),
            row -> assertThat(row).endsWith("usable", "Acme", "acme-production"));
  }

  /** {@code kubectl explain} works without the documentation. */
  @ParameterizedTest
  @CsvSource({
    "cwi, ConnectWiseInstance",
    "cwi.spec, ConnectWiseInstance",
    "cwi.status, ConnectWiseInstance",
    "cwi.status.conditions, ConnectWiseInstance",
    "cea, CloudElementsAccount",
    "cea.spec.allowedNamespaces.selector.matchExpressions, CloudElementsAccount",
    "cea.status, CloudElementsAccount"
  })
  void explainsEveryPath(String path, String kind, ControlPlane controlPlane) {
    // Given the server publishes a new definition's documentation a moment later
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> controlPlane.kubectl().attempt("explain", path).exitCode() == 0);
    // When
    String explanation = controlPlane.kubectl("explain", path);
    // Then
    assertThat(explanation).contains("KIND:       " + kind, "DESCRIPTION:");
  }

  /** Before rotating a Secret, a person lists the resources that refer to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec.hub=helpdesk",
        "spec.credentialsSecretRef.name=acme-connectwise",
        "spec.accountRef.name=acme-production",
        "status.state=Valid"
      })
  void selectsByField(String selector, ClusterUser user) {
    // Given
    user.applies(MINIMAL);
    reports(user, STATUS);
    user.applies(
        MINIMAL
            .replace("name: acme", "name: other")
            .replace("helpdesk", "crm")
            .replace("other-connectwise", "other-secret")
            .replace(
                "  accountRef: {name: other-production, namespace: connectwise-accounts}\n", ""));
    // When
    String names = user.gets("cwi", "--field-selector=" + selector, "--output=name");
    // Then
    assertThat(names.strip()).isEqualTo("connectwiseinstance.cloudelements.io/acme");
  }

  /** A field that the schema forgot would vanish from every status that the operator writes. */
  @Test
  void storesTheWholeStatus(ClusterUser user) throws IOException {
    // Given
    user.applies(MINIMAL);
    JsonNode status =
        Serialization.unmarshal(
                Files.readString(
                    Path.of("src", "testkit", "src", "main", "resources", "crd", "object.yaml")),
                JsonNode.class)
            .get("status");
    // When
    reports(user, "{\"status\": " + status + "}");
    // Then
    String stored = user.gets("cwi", "acme", "--output=json");
    assertThat(Serialization.unmarshal(stored, JsonNode.class).get("status")).isEqualTo(status);
  }

  /** A client that waits for the known states could not handle another one. */
  @Test
  void refusesAnUnknownState(ClusterUser user) {
    // Given
    user.applies(MINIMAL);
    // When
    Kubectl.KubectlResult result =
        user.kubectl()
            .attempt(patchOfStatus(user.namespace(), "{\"status\": {\"state\": \"Hibernating\"}}"));
    // Then
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.errors()).contains("status.state: Unsupported value: \"Hibernating\"");
  }

  /** Users may not report what they wish, nor the operator change what they want. */
  @Test
  void aStatusWriteDoesNotChangeTheSpec(ClusterUser user) {
    // Given
    user.applies(MINIMAL);
    // When
    reports(user, "{\"spec\": {\"name\": \"Changed\"}, \"status\": {\"state\": \"Valid\"}}");
    // Then
    ConnectWiseInstance stored =
        Serialization.unmarshal(
            user.gets("cwi", "acme", "--output=json"), ConnectWiseInstance.class);
    assertThat(stored.getSpec().name()).isEqualTo("Acme");
    assertThat(stored.getStatus().state()).isEqualTo("Valid");
  }

  /**
   * The framework adds its finalizer by an apply that names no uid. On an object that has just been
   * deleted that would create an empty one, which the operator would provision.
   */
  @Test
  void addingAFinalizerDoesNotRecreateADeletedObject(
      ClusterUser user, TestNamespace namespace, KubernetesClient client) {
    // Given
    user.applies(MINIMAL);
    user.runs("delete", "cwi", "acme");
    ConnectWiseInstance finalizer = new ConnectWiseInstance();
    finalizer.setMetadata(
        new ObjectMetaBuilder()
            .withName("acme")
            .withNamespace(namespace.name())
            .withFinalizers(ClusterWrites.FINALIZER)
            .build());
    // When // Then
    assertThatThrownBy(() -> client.resource(finalizer).fieldManager("operator").serverSideApply())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(422))
        .hasMessageContaining("spec: Required value");
    assertThat(user.gets("cwi", "--output=name")).isEmpty();
  }

  private static void reports(ClusterUser user, String patch) {
    user.kubectl().run(patchOfStatus(user.namespace(), patch));
  }

  private static String[] patchOfStatus(String namespace, String patch) {
    return new String[] {
      "--namespace=" + namespace,
      "patch",
      "cwi",
      "acme",
      "--subresource=status",
      "--type=merge",
      "--patch=" + patch
    };
  }

  private static String[] words(String line) {
    return line.strip().split("\\s+");
  }
}
