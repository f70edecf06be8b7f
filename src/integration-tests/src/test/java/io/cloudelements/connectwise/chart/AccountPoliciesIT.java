package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.AppliedPolicies.EU;
import static io.cloudelements.connectwise.chart.AppliedPolicies.restrictions;
import static io.cloudelements.connectwise.chart.AppliedPolicies.untilAllowed;
import static io.cloudelements.connectwise.chart.AppliedPolicies.untilRefused;
import static io.cloudelements.connectwise.chart.AppliedPolicies.untilSays;
import static io.cloudelements.connectwise.operator.Tenant.helpDesk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the admission policies say about account objects. A deletion that could succeed is only
 * tried, as in {@link AdmissionPolicyIT}.
 */
@RealCluster
class AccountPoliciesIT {
  private static final String CRD = CrdFile.ACCOUNTS.definition();
  private static final String US = "https://api.cloud-elements.com/elements/api-v2";

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  @AfterEach
  void withoutConfirmation(ControlPlane controlPlane) {
    controlPlane.kubectl("annotate", "crd", CRD, "cloudelements.io/confirm-deletion-");
  }

  /** Its finalizer only waits for the resources that use it; a deletion is not taken back. */
  @Test
  void aProtectedAccountCannotBeDeleted(ClusterUser user) {
    // Given
    user.applies(account("precious", ""));
    user.annotates("cea", "precious", "cloudelements.io/prevent-deletion=true");
    try (var _ = AppliedPolicies.of(user, "admissionPolicies: {preventDeletion: true}")) {
      // When
      Kubectl.KubectlResult refused = untilRefused(() -> triesToDelete(user, "precious"));
      // Then
      assertThat(refused.errors())
          .contains(
              user.namespace()
                  + "/precious is protected: remove the annotation"
                  + " cloudelements.io/prevent-deletion first");
      user.annotates("cea", "precious", "cloudelements.io/prevent-deletion-");
      assertThat(triesToDelete(user, "precious").exitCode()).isZero();
    }
  }

  /** Without their definition all accounts are deleted, and every resource that uses one stalls. */
  @Test
  void crdDeletionNeedsConfirmationAndNoAccounts(ClusterUser user, ControlPlane controlPlane) {
    // Given
    String values =
        "admissionPolicies: {protectCrd: {enabled: true, namespaces: [%s]}}"
            .formatted(user.namespace());
    try (var _ = AppliedPolicies.of(user, values)) {
      // When
      // Of two policies that refuse, the server names one: so only one may have a reason at a time.
      Kubectl.KubectlResult unconfirmed =
          untilSays("confirm-deletion=true first", () -> triesToDeleteCrd(controlPlane));
      user.applies(account("acme", ""));
      controlPlane.kubectl("annotate", "crd", CRD, "cloudelements.io/confirm-deletion=true");
      Kubectl.KubectlResult inUse = untilSays("is in use", () -> triesToDeleteCrd(controlPlane));
      user.runs("delete", "cea", "acme");
      // Then
      assertThat(unconfirmed.exitCode()).isNotZero();
      assertThat(inUse.errors())
          .contains("the CRD is in use: delete " + user.namespace() + "/acme first");
      untilAllowed(() -> triesToDeleteCrd(controlPlane));
    }
  }

  /** Otherwise a tenant's own account could lead to an address that its resources may not name. */
  @Test
  void aNewAccountMayUseTheBaseUrlsOfItsNamespaceOnly(ClusterUser user) {
    // Given
    try (var _ = AppliedPolicies.of(user, restrictions(user.namespace()))) {
      // When
      Kubectl.KubectlResult elsewhere =
          untilRefused(() -> triesToApply(user, account("a", "baseUrl: " + US)));
      Kubectl.KubectlResult unset = triesToApply(user, account("a", ""));
      Kubectl.KubectlResult allowed = triesToApply(user, account("a", "baseUrl: " + EU));
      // Then
      assertThat(elsewhere.errors())
          .contains(
              "spec.baseUrl %s is not allowed in namespace %s: use one of %s"
                  .formatted(US, user.namespace(), EU));
      assertThat(unset.errors()).contains("spec.baseUrl default is not allowed");
      assertThat(allowed.errors()).isEmpty();
    }
  }

  /** Its base URL cannot change, so a refusal would only keep its owner from suspending it. */
  @Test
  void anAccountThatWasThereBeforeIsLeftAlone(ClusterUser user) {
    // Given
    user.applies(account("old", "baseUrl: " + US));
    try (var _ = AppliedPolicies.of(user, restrictions(user.namespace()))) {
      untilRefused(() -> triesToApply(user, account("new", "baseUrl: " + US)));
      // When
      Kubectl.KubectlResult suspended =
          triesToApply(user, account("old", "baseUrl: %s, suspend: true".formatted(US)));
      // Then
      assertThat(suspended.errors()).isEmpty();
    }
  }

  /** It can name no base URL of its own; the account's is what was looked at. */
  @Test
  void aResourceWithAnAccountIsNotHeldAgainstTheDefaultBaseUrl(ClusterUser user) {
    // Given
    try (var _ = AppliedPolicies.of(user, restrictions(user.namespace()))) {
      untilRefused(() -> triesToApply(user, helpDesk("acme", "deletionPolicy: Retain")));
      // When
      Kubectl.KubectlResult withAccount =
          triesToApply(
              user, helpDesk("acme", "deletionPolicy: Retain", "accountRef: {name: acme}"));
      Kubectl.KubectlResult deleting =
          triesToApply(
              user, helpDesk("acme", "deletionPolicy: Delete", "accountRef: {name: acme}"));
      // Then
      assertThat(withAccount.errors()).isEmpty();
      assertThat(deleting.errors()).contains("spec.deletionPolicy Delete is not allowed");
    }
  }

  private static String account(String name, String spec) {
    return """
    apiVersion: cloudelements.io/v1
    kind: CloudElementsAccount
    metadata: {name: %s}
    spec: {secretRef: {name: acme-admin}, %s}
    """
        .formatted(name, spec);
  }

  private static Kubectl.KubectlResult triesToApply(ClusterUser user, String manifest) {
    return user.dryRunsApply(manifest);
  }

  private static Kubectl.KubectlResult triesToDelete(ClusterUser user, String name) {
    return user.dryRuns("delete", "cea", name);
  }

  private static Kubectl.KubectlResult triesToDeleteCrd(ControlPlane controlPlane) {
    return controlPlane.kubectl().attempt("delete", "crd", CRD, "--dry-run=server");
  }
}
