package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.AppliedPolicies.EU;
import static io.cloudelements.connectwise.chart.AppliedPolicies.untilRefused;
import static io.cloudelements.connectwise.operator.Tenant.helpDesk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a tenant may not do where {@code deletionPolicies} has no Retain: leave an instance in an
 * account whose limits no longer count it.
 */
@RealCluster
class DeletesOnlyPolicyIT {
  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  /** A resource that is deleted while it is only observed keeps its instance. */
  @Test
  void everyResourceIsManaged(ClusterUser user) {
    // Given
    user.applies(helpDesk("acme"));
    try (var _ = AppliedPolicies.of(user, deletionPolicies(user, "Delete"))) {
      // When
      Kubectl.KubectlResult observed =
          untilRefused(() -> user.dryRunsApply(helpDesk("acme", "managementPolicy: Observe")));
      Kubectl.KubectlResult planned = user.dryRunsApply(helpDesk("new", "managementPolicy: Plan"));
      Kubectl.KubectlResult managed =
          user.dryRunsApply(helpDesk("acme", "managementPolicy: Manage", "suspend: true"));
      // Then
      assertThat(observed.errors())
          .contains(
              "spec.managementPolicy Observe is not allowed in namespace "
                  + user.namespace()
                  + ", where deletionPolicies has no Retain",
              "Leave it unset, or set it to Manage");
      assertThat(planned.errors()).contains("spec.managementPolicy Plan is not allowed");
      assertThat(managed.errors()).isEmpty();
    }
  }

  /** In another account the resource begins anew, and the instance in the former is not counted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "instanceId: 1234",
        "provisioning: {attempt: 1, startedAt: \"2026-11-24T10:00:00Z\"}"
      })
  void anInstanceKeepsItsAccount(String recorded, ClusterUser user) {
    // Given
    user.applies(helpDesk("acme", "accountRef: {name: shared, namespace: accounts}"));
    user.applies(helpDesk("own", "baseUrl: " + EU, "accountSecretRef: {name: first}"));
    user.applies(helpDesk("unmade", "accountRef: {name: shared, namespace: accounts}"));
    user.patchesStatus("cwi", "acme", "status: {%s}".formatted(recorded));
    user.patchesStatus("cwi", "own", "status: {%s}".formatted(recorded));
    try (var _ = AppliedPolicies.of(user, deletionPolicies(user, "Delete"))) {
      // When
      Kubectl.KubectlResult other =
          untilRefused(() -> patches(user, "acme", "accountRef: {name: own, namespace: null}"));
      List<Kubectl.KubectlResult> refused =
          List.of(
              patches(user, "acme", "accountRef: null"),
              patches(user, "own", "accountSecretRef: {name: second}"),
              patches(user, "own", "accountSecretRef: null"),
              patches(user, "own", "baseUrl: null"));
      List<Kubectl.KubectlResult> allowed =
          List.of(
              patches(user, "acme", "suspend: true"),
              patches(user, "unmade", "accountRef: {name: own, namespace: null}"));
      // Then
      assertThat(other.errors())
          .contains(
              "spec.accountRef of " + user.namespace() + "/acme may not change while it has an",
              "Delete the resource and create it again with the other account");
      assertThat(refused)
          .allSatisfy(result ->
              assertThat(result.errors()).contains("may not change while it has an instance"));
      assertThat(allowed).allSatisfy(result -> assertThat(result.errors()).isEmpty());
    }
  }

  /** Where Retain is allowed, every other way to keep an instance is allowed too. */
  @Test
  void withRetainBothMayChange(ClusterUser user) {
    // Given
    user.applies(helpDesk("acme", "deletionPolicy: Retain", "accountRef: {name: shared}"));
    user.patchesStatus("cwi", "acme", "status: {instanceId: 1234}");
    try (var _ = AppliedPolicies.of(user, deletionPolicies(user, "Retain"))) {
      untilRefused(() -> user.dryRunsApply(helpDesk("new", "deletionPolicy: Delete")));
      // When
      Kubectl.KubectlResult changed =
          patches(user, "acme", "managementPolicy: Observe, accountRef: {name: other}");
      // Then
      assertThat(changed.errors()).isEmpty();
    }
  }

  private static String deletionPolicies(ClusterUser user, String allowed) {
    return """
    admissionPolicies:
      restrictions: {enabled: true, namespaces: {%s: {deletionPolicies: [%s]}}}
    """
        .formatted(user.namespace(), allowed);
  }

  private static Kubectl.KubectlResult patches(ClusterUser user, String name, String fields) {
    return user.dryRuns(
        "patch", "cwi", name, "--type=merge", "--patch=spec: {%s}".formatted(fields));
  }
}
