package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy that asks for the verb {@code use}, evaluated by a real API server. */
@RealCluster
class AccountUsePolicyIT {
  private static final String OTHERS = "mallory";

  private String installed = "";

  @BeforeEach
  void install(ControlPlane controlPlane, ClusterUser user) {
    controlPlane.installCrds();
    String values =
        """
        watchNamespaces: [%s]
        settings: {clusterName: test}
        admissionPolicies: {accountUse: true}
        """
            .formatted(user.namespace());
    installed =
        Chart.manifests(user.namespace(), values).stream()
            .filter(object -> object.get("kind").asText().startsWith("ValidatingAdmissionPolicy"))
            .map(JsonNode::toString)
            .collect(Collectors.joining("\n---\n"));
    user.kubectl().runWithInput(installed, "apply", "-f", "-");
    user.applies(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: tenant}
        rules:
          - {apiGroups: [cloudelements.io], resources: [connectwiseinstances], verbs: ["*"]}
          - {apiGroups: [cloudelements.io], resources: [cloudelementsaccounts], verbs: [use], resourceNames: [granted]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: tenant}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tenant}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: mallory}]
        """);
  }

  @AfterEach
  void remove(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(installed, "delete", "--ignore-not-found", "-f", "-");
  }

  /** Consent of an account names namespaces; who in one of them may use it, RBAC says. */
  @Test
  void onlyWhoMayUseTheAccountMayNameIt(ClusterUser user) {
    // Given
    String refusedManifest = resource("a", "accountRef: {name: other}");
    // When
    Kubectl.Result refused =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> tries(user, refusedManifest), result -> result.exitCode() != 0);
    Kubectl.Result elsewhere =
        tries(user, resource("a", "accountRef: {name: granted, namespace: platform}"));
    Kubectl.Result granted = tries(user, resource("a", "accountRef: {name: granted}"));
    Kubectl.Result none = tries(user, resource("a", ""));
    // Then
    assertThat(refused.errors())
        .contains(
            "spec.accountRef: mallory may not use the account "
                + user.namespace()
                + "/other: ask its owner for a Role with the verb use on cloudelementsaccounts");
    assertThat(elsewhere.errors()).contains("may not use the account platform/granted");
    assertThat(List.of(granted, none))
        .allSatisfy(allowed -> assertThat(allowed.errors()).isEmpty());
  }

  /** A GitOps controller applies what an administrator allowed once, for ever. */
  @Test
  void anUnchangedReferenceNeedsNoRight(ClusterUser user) {
    // Given
    String manifest = resource("kept", "accountRef: {name: other}");
    user.applies(manifest);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tries(user, resource("a", "accountRef: {name: other}")).exitCode() != 0);
    // When
    Kubectl.Result again = tries(user, resource("kept", "name: New, accountRef: {name: other}"));
    Kubectl.Result another = tries(user, resource("kept", "accountRef: {name: third}"));
    Kubectl.Result gone = tries(user, resource("kept", ""));
    // Then
    assertThat(again.errors()).isEmpty();
    assertThat(another.errors()).contains("may not use the account " + user.namespace() + "/third");
    assertThat(gone.errors()).isEmpty();
  }

  private static String resource(String name, String spec) {
    return """
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %s}
    spec: {hub: helpdesk, credentialsSecretRef: {name: acme}, %s}
    """
        .formatted(name, spec);
  }

  /** Only tries: while the policy is not taken up yet, the resource would be made. */
  private static Kubectl.Result tries(ClusterUser user, String manifest) {
    return user.kubectl()
        .attemptWithInput(
            manifest,
            "--namespace=" + user.namespace(),
            "apply",
            "--as=" + OTHERS,
            "--dry-run=server",
            "-f",
            "-");
  }
}
