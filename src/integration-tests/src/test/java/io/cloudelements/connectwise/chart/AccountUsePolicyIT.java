package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.AppliedPolicies.untilRefused;
import static io.cloudelements.connectwise.operator.Tenant.helpDesk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy that asks for the verb {@code use}, evaluated by a real API server. */
@RealCluster
class AccountUsePolicyIT {
  private static final String OTHERS = "mallory";

  private AppliedPolicies policies;

  @BeforeEach
  void install(ControlPlane controlPlane, ClusterUser user) {
    controlPlane.installCrds();
    policies = AppliedPolicies.of(user, "admissionPolicies: {accountUse: true}");
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
  void remove() {
    policies.close();
  }

  /** An account's consent names namespaces; RBAC decides which users in them may use it. */
  @Test
  void onlyWhoMayUseTheAccountMayNameIt(ClusterUser user) {
    // Given
    String refusedManifest = helpDesk("a", "accountRef: {name: other}");
    // When
    Kubectl.KubectlResult refused = untilRefused(() -> tries(user, refusedManifest));
    Kubectl.KubectlResult elsewhere =
        tries(user, helpDesk("a", "accountRef: {name: granted, namespace: platform}"));
    Kubectl.KubectlResult granted = tries(user, helpDesk("a", "accountRef: {name: granted}"));
    Kubectl.KubectlResult none = tries(user, helpDesk("a"));
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

  /** A GitOps controller reapplies an unchanged reference without the right. */
  @Test
  void anUnchangedReferenceNeedsNoRight(ClusterUser user) {
    // Given
    String manifest = helpDesk("kept", "accountRef: {name: other}");
    user.applies(manifest);
    untilRefused(() -> tries(user, helpDesk("a", "accountRef: {name: other}")));
    // When
    Kubectl.KubectlResult again =
        tries(user, helpDesk("kept", "name: New", "accountRef: {name: other}"));
    Kubectl.KubectlResult another = tries(user, helpDesk("kept", "accountRef: {name: third}"));
    Kubectl.KubectlResult gone = tries(user, helpDesk("kept"));
    // Then
    assertThat(again.errors()).isEmpty();
    assertThat(another.errors()).contains("may not use the account " + user.namespace() + "/third");
    assertThat(gone.errors()).isEmpty();
  }

  /** Only tries: while the policy is not taken up yet, the resource would be made. */
  private static Kubectl.KubectlResult tries(ClusterUser user, String manifest) {
    return user.dryRunsApply(manifest, "--as=" + OTHERS);
  }
}
