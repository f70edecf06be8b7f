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
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The chart's admission policies, evaluated by a real API server. They are bound to the test's
 * namespace, and a deletion that could succeed is only tried ({@code --dry-run=server}), since
 * other tests use the same server.
 */
@RealCluster
class AdmissionPolicyIT {
  private static final String CRD = "connectwiseinstances.cloudelements.io";

  private String installed = "";

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  @AfterEach
  void removePolicies(ControlPlane controlPlane) {
    controlPlane.kubectl().runWithInput(installed, "delete", "--ignore-not-found", "-f", "-");
    controlPlane.kubectl("annotate", "crd", CRD, "cloudelements.io/confirm-deletion-");
  }

  /** One mistyped command must not delete every instance. */
  @Test
  void aProtectedResourceCannotBeDeleted(ClusterUser user) {
    // Given
    applyPolicies(user, "admissionPolicies: {preventDeletion: true}");
    user.applies(helpDesk("precious").replace("metadata: {", "metadata: {" + PROTECTED));
    user.applies(helpDesk("plain"));
    // When
    Kubectl.KubectlResult refused = untilRefused(() -> triesToDelete(user, "precious"));
    // Then
    assertThat(refused.errors())
        .contains(
            user.namespace()
                + "/precious is protected: remove the annotation cloudelements.io/prevent-deletion"
                + " first");
    assertThat(triesToDelete(user, "plain").exitCode()).isZero();
    user.annotates("cwi", "precious", "cloudelements.io/prevent-deletion-");
    assertThat(triesToDelete(user, "precious").exitCode()).isZero();
  }

  /** Deleting the CRD deletes every resource of the cluster, and its instances. */
  @Test
  void crdDeletionNeedsConfirmationAndNoResources(ClusterUser user, ControlPlane controlPlane) {
    // Given
    applyPolicies(
        user,
        "admissionPolicies: {protectCrd: {enabled: true, namespaces: [%s]}}"
            .formatted(user.namespace()));
    // When
    // Of two policies that refuse, the server names one: so only one may have a reason at a time.
    Kubectl.KubectlResult unconfirmed =
        untilSays("confirm-deletion=true first", () -> triesToDeleteCrd(controlPlane));
    user.applies(helpDesk("acme"));
    controlPlane.kubectl("annotate", "crd", CRD, "cloudelements.io/confirm-deletion=true");
    Kubectl.KubectlResult inUse = untilSays("is in use", () -> triesToDeleteCrd(controlPlane));
    user.runs("delete", "cwi", "acme");
    // Then
    assertThat(unconfirmed.exitCode()).isNotZero();
    assertThat(inUse.errors())
        .contains("the CRD is in use: delete " + user.namespace() + "/acme first");
    untilAllowed(() -> triesToDeleteCrd(controlPlane));
  }

  /** An installation without Helm has the same guard. */
  @Test
  void thePlainFileProtectsTheCrd(ControlPlane controlPlane) throws IOException {
    // Given
    installed = Files.readString(Path.of("deploy", "protect-crd.yaml"));
    controlPlane.kubectl().runWithInput(installed, "apply", "--server-side", "-f", "-");
    // When
    Kubectl.KubectlResult refused =
        untilSays("confirm-deletion=true first", () -> triesToDeleteCrd(controlPlane));
    controlPlane.kubectl("annotate", "crd", CRD, "cloudelements.io/confirm-deletion=true");
    // Then
    assertThat(refused.exitCode()).isNotZero();
    assertThat(triesToDeleteCrd(controlPlane).exitCode()).isZero();
  }

  /** A tenant must not send its credentials elsewhere, nor delete what is to be kept. */
  @Test
  void enforcesTheRestrictionsOfTheNamespace(ClusterUser user) {
    // Given
    applyPolicies(user, restrictions(user.namespace()));
    // When
    Kubectl.KubectlResult otherUrl =
        untilRefused(
            () -> triesToApply(user, helpDesk("a", "baseUrl: https://evil.example.com/v2")));
    Kubectl.KubectlResult noUrl = triesToApply(user, helpDesk("a", "deletionPolicy: Retain"));
    Kubectl.KubectlResult deleting = triesToApply(user, helpDesk("a", "baseUrl: " + EU));
    Kubectl.KubectlResult allowed =
        triesToApply(user, helpDesk("a", "baseUrl: " + EU, "deletionPolicy: Retain"));
    // Then
    assertThat(otherUrl.errors())
        .contains(
            "spec.baseUrl https://evil.example.com/v2 is not allowed in namespace "
                + user.namespace()
                + ": use one of "
                + EU);
    assertThat(noUrl.errors()).contains("spec.baseUrl default is not allowed");
    assertThat(deleting.errors())
        .contains("spec.deletionPolicy Delete is not allowed", "set it to one of Retain");
    assertThat(allowed.errors()).isEmpty();
  }

  /**
   * Where the Secret's owner lets the resource name an address, the namespace may still limit it.
   */
  @Test
  void enforcesTheAddressesOfTheNamespace(ClusterUser user) {
    // Given
    applyPolicies(
        user,
        "admissionPolicies: {restrictions: {enabled: true, namespaces: {%s: {addresses:"
                .formatted(user.namespace())
            + " ['https://*.connectwise.example.com']}}}}");
    // When
    Kubectl.KubectlResult elsewhere =
        untilRefused(() -> triesToApply(user, helpDesk("a", address("https://evil.example.com"))));
    Kubectl.KubectlResult lookalike =
        triesToApply(user, helpDesk("a", address("https://a.connectwise.example.com.evil.com")));
    Kubectl.KubectlResult allowed =
        triesToApply(user, helpDesk("a", address("https://api.connectwise.example.com/v4")));
    Kubectl.KubectlResult pathToAnotherHost =
        triesToApply(user, helpDesk("a", "configuration: {wsdl.path: '@evil.example.com'}"));
    Kubectl.KubectlResult noAddress =
        triesToApply(
            user,
            helpDesk("a", "configuration: {filter.response.nulls: 'false', wsdl.path: /v4/x}"));
    // Then
    assertThat(elsewhere.errors())
        .contains(
            "names an address that is not allowed in namespace " + user.namespace(),
            "helpdesk.connectwise.server.url",
            "https://*.connectwise.example.com");
    assertThat(lookalike.exitCode()).isNotZero();
    assertThat(pathToAnotherHost.errors()).contains("names an address", "wsdl.path");
    assertThat(allowed.errors()).isEmpty();
    assertThat(noAddress.errors()).isEmpty();
  }

  /** A suffix of an allowed address changes the host, and so does a URL in another entry. */
  @Test
  void pathsAndUrlsThatChangeTheHostAreAddresses(ClusterUser user) {
    // Given
    applyPolicies(
        user,
        "admissionPolicies: {restrictions: {enabled: true, namespaces: {%s: {addresses: []}}}}"
            .formatted(user.namespace()));
    // When
    Kubectl.KubectlResult path =
        untilRefused(() -> triesToApply(user, helpDesk("a", path("@evil.example.com/"))));
    Kubectl.KubectlResult schemeRelative =
        triesToApply(user, helpDesk("a", path("//evil.example.com/")));
    Kubectl.KubectlResult url =
        triesToApply(
            user, helpDesk("a", "configuration: {event.hook: 'https://evil.example.com'}"));
    Kubectl.KubectlResult relative =
        triesToApply(user, helpDesk("a", address("//evil.example.com")));
    Kubectl.KubectlResult allowed = triesToApply(user, helpDesk("a", path("/v4_6_release/apis")));
    // Then
    assertThat(path.errors()).contains("names an address", "helpdesk.connectwise.wsdl.path");
    assertThat(schemeRelative.errors()).contains("names an address");
    assertThat(url.errors()).contains("names an address", "event.hook");
    assertThat(relative.errors()).contains("names an address");
    assertThat(allowed.errors()).isEmpty();
  }

  private static String path(String value) {
    return "configuration: {helpdesk.connectwise.wsdl.path: '" + value + "'}";
  }

  private static String address(String url) {
    return "configuration: {helpdesk.connectwise.server.url: '" + url + "'}";
  }

  /**
   * A namespace without restrictions of its own has those of "*", which here allow any deletion.
   */
  @Test
  void unnamedNamespacesHaveTheDefaultRestrictions(ClusterUser user) {
    // Given
    applyPolicies(user, restrictions("*"));
    // When
    Kubectl.KubectlResult refused = untilRefused(() -> triesToApply(user, helpDesk("a")));
    // Then
    assertThat(refused.errors()).contains("spec.baseUrl default is not allowed");
  }

  /** A restriction that comes later must not keep the operator from its finalizer. */
  @Test
  void restrictionsIgnoreUnchangedFields(ClusterUser user) {
    // Given
    user.applies(helpDesk("old"));
    applyPolicies(user, restrictions(user.namespace()));
    untilRefused(() -> triesToApply(user, helpDesk("a")));
    // When
    String finalizer =
        user.runs(
            "patch",
            "cwi",
            "old",
            "--type=merge",
            "--patch={\"metadata\": {\"finalizers\": [\"cloudelements.io/test\"]}}");
    user.deletes("cwi", "old");
    String removed =
        user.runs(
            "patch",
            "cwi",
            "old",
            "--type=json",
            "--patch=[{\"op\": \"remove\", \"path\":" + " \"/metadata/finalizers\"}]");
    // Then
    assertThat(finalizer).contains("patched");
    assertThat(removed).contains("patched");
    assertThat(user.gets("cwi", "--output=name")).isEmpty();
  }

  /** A slow finalizer leaves time to change what the operator then deletes by, and where. */
  @Test
  void enforcesRestrictionsDuringADeletion(ClusterUser user) {
    // Given
    applyPolicies(user, restrictions(user.namespace()));
    untilRefused(() -> triesToApply(user, helpDesk("a")));
    user.applies(
        helpDesk("leaving", "baseUrl: " + EU, "deletionPolicy: Retain")
            .replace("metadata: {", "metadata: {finalizers: [cloudelements.io/test], "));
    user.deletes("cwi", "leaving");
    // When
    Kubectl.KubectlResult deleting = triesToPatchSpec(user, "\"deletionPolicy\": \"Delete\"");
    Kubectl.KubectlResult unset = triesToPatchSpec(user, "\"deletionPolicy\": null");
    Kubectl.KubectlResult elsewhere =
        triesToPatchSpec(user, "\"baseUrl\": \"https://evil.example.com/v2\"");
    Kubectl.KubectlResult otherSecret =
        triesToPatchSpec(user, "\"credentialsSecretRef\": {\"name\": \"other\"}");
    Kubectl.KubectlResult added =
        triesToPatchSpec(user, "\"accountSecretRef\": {\"name\": \"other\"}");
    Kubectl.KubectlResult suspended = triesToPatchSpec(user, "\"suspend\": true");
    Kubectl.KubectlResult annotated =
        triesToPatch(user, "{\"metadata\": {\"annotations\": {\"cloudelements.io/x\": \"y\"}}}");
    // Then
    assertThat(deleting.errors()).contains("spec.deletionPolicy Delete is not allowed");
    assertThat(unset.errors()).contains("spec.deletionPolicy Delete is not allowed");
    assertThat(List.of(elsewhere, otherSecret, added))
        .allSatisfy(refused ->
            assertThat(refused.errors())
                .contains(
                    user.namespace()
                        + "/leaving is being deleted: of its spec only deletionPolicy and suspend"
                        + " may change"));
    assertThat(List.of(suspended, annotated))
        .allSatisfy(allowed -> assertThat(allowed.errors()).isEmpty());
    user.patches("cwi", "leaving", "{\"metadata\": {\"finalizers\": []}}");
    assertThat(user.gets("cwi", "--output=name")).isEmpty();
  }

  /** The way out of a deletion that cannot go on, for a resource older than the restriction. */
  @Test
  void retainCanBeSetDuringADeletion(ClusterUser user) {
    // Given
    user.applies(
        helpDesk("leaving")
            .replace("metadata: {", "metadata: {finalizers: [cloudelements.io/test], "));
    user.deletes("cwi", "leaving");
    applyPolicies(user, restrictions(user.namespace()));
    untilRefused(() -> triesToApply(user, helpDesk("a")));
    // When
    Kubectl.KubectlResult retained = triesToPatchSpec(user, "\"deletionPolicy\": \"Retain\"");
    // Then
    assertThat(retained.errors()).isEmpty();
    user.patches("cwi", "leaving", "{\"metadata\": {\"finalizers\": []}}");
  }

  private static final String PROTECTED =
      "annotations: {cloudelements.io/prevent-deletion: \"true\"}, ";

  private void applyPolicies(ClusterUser user, String values) {
    installed = AppliedPolicies.of(user, values).manifests();
  }

  /** Only tries: while a policy is not taken up yet, the resource would be made. */
  private static Kubectl.KubectlResult triesToApply(ClusterUser user, String manifest) {
    return user.dryRunsApply(manifest);
  }

  private static Kubectl.KubectlResult triesToPatchSpec(ClusterUser user, String fields) {
    return triesToPatch(user, "{\"spec\": {%s}}".formatted(fields));
  }

  private static Kubectl.KubectlResult triesToPatch(ClusterUser user, String patch) {
    return user.dryRuns("patch", "cwi", "leaving", "--type=merge", "--patch=" + patch);
  }

  private static Kubectl.KubectlResult triesToDelete(ClusterUser user, String name) {
    return user.dryRuns("delete", "cwi", name);
  }

  private static Kubectl.KubectlResult triesToDeleteCrd(ControlPlane controlPlane) {
    return controlPlane.kubectl().attempt("delete", "crd", CRD, "--dry-run=server");
  }
}
