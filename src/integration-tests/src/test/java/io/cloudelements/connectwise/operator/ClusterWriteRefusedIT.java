package io.cloudelements.connectwise.operator;

import static io.cloudelements.connectwise.operator.TokenSecretAssert.assertThatSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Writes that a real API server refuses: told at once, repeated alone, and healed by themselves.
 */
@RealOperator
class ClusterWriteRefusedIT {
  private static final String REASON = "ClusterWriteRefused";

  private String policy = "";

  @AfterEach
  void removePolicy(ControlPlane controlPlane) {
    if (!policy.isEmpty()) {
      controlPlane.kubectl().runWithInput(policy, "delete", "--ignore-not-found", "-f", "-");
    }
  }

  /** A provisioned instance is paid for: it is remembered, and delivered when the quota allows. */
  @Test
  void reportsASecretQuotaAndCreatesOneInstance(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    tenant.applies(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: few-secrets}
        spec: {hard: {secrets: "1"}}
        """);
    // No quota controller runs here, so its part is done by hand.
    tenant
        .person()
        .patchesStatus(
            "resourcequota",
            "few-secrets",
            "{\"status\":{\"hard\":{\"secrets\":\"1\"},\"used\":{\"secrets\":\"1\"}}}");
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits("acme", acme -> acme.isStalled(REASON).says("cannot be created", "403"));
    int calls = tenant.account().calls().size();
    awaitsTwoMoreAttempts(tenant, "create secrets/acme-token 403");
    assertThat(tenant.account().calls()).hasSize(calls);
    tenant.person().deletes("resourcequota", "few-secrets");
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
    assertThatSecret(tenant, "acme-token").hasCurrentToken();
    tenant.awaits(
        "the events",
        () ->
            assertThat(tenant.events("acme"))
                .containsExactlyInAnyOrder("Normal Provisioned", "Warning " + REASON));
  }

  /** Ready without the Secret would make applications fail. */
  @Test
  void isNotReadyWhenTheTokenSecretCannotBeRecreated(ControlPlane controlPlane, Tenant tenant) {
    // Given
    tenant.provisions("acme");
    forbid(
        controlPlane,
        tenant,
        "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [secrets]}",
        "object.type != 'servicebinding.io/connectwise'");
    // When
    tenant.person().deletes("secret", "acme-token");
    // Then
    tenant.awaits("acme", acme -> acme.isStalled(REASON).says("no tokens today"));
    removePolicy(controlPlane);
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
    assertThat(tenant.events("acme")).containsOnlyOnce("Warning " + REASON);
  }

  /** Nothing is made that could not be found again, and it is said. */
  @Test
  void reportsARefusedFinalizerWithoutACall(ControlPlane controlPlane, Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    forbid(
        controlPlane,
        tenant,
        "{apiGroups: [cloudelements.io], apiVersions: [v1], operations: [UPDATE], resources:"
            + " [connectwiseinstances]}",
        "!has(object.metadata.finalizers)");
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits("acme", acme -> acme.isStalled(REASON).says("finalizer", "no tokens today"));
    assertThat(tenant.account().calls()).isEmpty();
    removePolicy(controlPlane);
    tenant.awaitsReady("acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** The new Secret is there and works; the old one still has a living token, and that is told. */
  @Test
  void reportsAFormerSecretThatCannotBeDeleted(ControlPlane controlPlane, Tenant tenant) {
    // Given
    tenant.provisions("acme");
    int calls = tenant.account().calls().size();
    forbid(
        controlPlane,
        tenant,
        "{apiGroups: [''], apiVersions: [v1], operations: [DELETE], resources: [secrets]}",
        "false");
    // When
    tenant.changes("acme", "{\"tokenSecret\":{\"name\":\"help-desk\"}}");
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.condition("Synced")
                .isFalse()
                .hasReason(REASON)
                .observes(2)
                .says("no tokens today"));
    tenant.awaits("acme", acme -> acme.condition("Ready").isTrue());
    int asked = tenant.account().calls().size();
    awaitsTwoMoreAttempts(tenant, "delete secrets/acme-token 422");
    removePolicy(controlPlane);
    tenant.awaits("the former one goes", () -> assertThat(tenant.secret("acme-token")).isEmpty());
    tenant.awaits("acme", acme -> acme.condition("Synced").isTrue().hasReason("Available"));
    assertThat(tenant.account().calls()).as("none for the refusals").hasSize(asked);
    assertThat(asked).as("a GET and a search at most").isLessThanOrEqualTo(calls + 2);
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
    assertThat(tenant.events("acme")).containsOnlyOnce("Warning " + REASON);
  }

  /** The instance is deleted once, and the resource goes when it may. */
  @Test
  void reportsARefusedRemovalOfTheFinalizer(ControlPlane controlPlane, Tenant tenant) {
    // Given
    tenant.provisions("acme");
    forbid(
        controlPlane,
        tenant,
        "{apiGroups: [cloudelements.io], apiVersions: [v1], operations: [UPDATE], resources:"
            + " [connectwiseinstances]}",
        "has(object.metadata.finalizers)");
    // When
    tenant.person().deletes("cwi", "acme");
    // Then
    tenant.awaits(
        "acme",
        acme ->
            acme.condition("Synced")
                .isFalse()
                .hasReason(REASON)
                .says("finalizer", "no tokens today"));
    int calls = tenant.account().calls().size();
    awaitsTwoMoreAttempts(tenant, "patch connectwiseinstances/acme 422");
    removePolicy(controlPlane);
    tenant.awaitsGone("acme");
    assertThat(tenant.account().calls()).hasSize(calls);
    assertThat(tenant.account().mutations())
        .containsExactly(Route.POST_INSTANCES, Route.DELETE_INSTANCE);
    assertThat(tenant.events("acme")).containsOnlyOnce("Warning " + REASON);
  }

  /** It is to be made anew, and its finalizer keeps it: applications still read the wrong token. */
  @Test
  void reportsAnImmutableSecretHeldByAFinalizer(Tenant tenant) {
    // Given
    tenant.provisions("acme");
    // When
    tenant
        .person()
        .patches(
            "secret",
            "acme-token",
            "{\"immutable\":true,\"stringData\":{\"token\":\"edited\"},"
                + "\"metadata\":{\"finalizers\":[\"example.com/backup\"]}}");
    // Then
    tenant.awaits("acme", acme -> acme.isStalled(REASON).says("example.com/backup"));
    int calls = tenant.account().calls().size();
    tenant.person().patches("secret", "acme-token", "{\"metadata\":{\"finalizers\":null}}");
    tenant.awaitsReady("acme");
    assertThat(tenant.account().calls()).hasSize(calls);
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
    assertThatSecret(tenant, "acme-token").hasCurrentToken();
    assertThatSecret(tenant, "acme-token").wasMadeAnew();
  }

  /** Where no status can be written, the event is all that a person sees. */
  @Test
  void reportsARefusedStatusByAnEvent(ControlPlane controlPlane, Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    forbid(
        controlPlane,
        tenant,
        "{apiGroups: [cloudelements.io], apiVersions: [v1], operations: [UPDATE], resources:"
            + " [connectwiseinstances/status]}",
        "false");
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "the event", () -> assertThat(tenant.events("acme")).containsExactly("Warning " + REASON));
    assertThat(tenant.account().calls()).isEmpty();
    removePolicy(controlPlane);
    tenant.awaitsReady("acme");
    assertThat(tenant.account().routes())
        .as("nothing was made, so nothing is waited out")
        .containsExactly(Route.GET_INSTANCES, Route.POST_INSTANCES);
  }

  /** It comes before anything is checked, so that its owner would see an empty status for ever. */
  @Test
  void reportsARefusedFinalizerOfAnAccount(
      ControlPlane controlPlane, Tenant tenant, KubernetesClient client) {
    // Given
    AccountOwner owner = AccountOwner.of(tenant, client);
    forbid(
        controlPlane,
        owner.person(),
        "{apiGroups: [cloudelements.io], apiVersions: [v1], operations: [UPDATE], resources:"
            + " [cloudelementsaccounts]}",
        "!has(object.metadata.finalizers)");
    owner.appliesSecret(tenant.account().secret());
    // When
    owner.appliesAccount("allowedNamespaces: {from: Same}");
    // Then
    tenant.awaits(
        "the event",
        () ->
            assertThat(notes(owner))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("Warning " + REASON, "The finalizer cannot be added", "no tokens today"));
    assertThat(tenant.account().calls()).isEmpty();
    removePolicy(controlPlane);
    owner.awaitsReason("Verified");
    assertThat(notes(owner).stream().filter(note -> note.contains(REASON))).hasSize(1);
  }

  private static List<String> notes(AccountOwner owner) {
    return owner
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(owner.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(AccountOwner.ACCOUNT))
        .map(event -> event.getType() + " " + event.getReason() + " " + event.getNote())
        .toList();
  }

  private static void awaitsTwoMoreAttempts(Tenant tenant, String write) {
    tenant.awaits(
        "two more attempts",
        () -> assertThat(tenant.writes().stream().filter(write::equals)).hasSizeGreaterThan(2));
  }

  private void forbid(ControlPlane controlPlane, Tenant tenant, String rule, String allowed) {
    forbid(controlPlane, tenant.person(), rule, allowed);
  }

  private void forbid(ControlPlane controlPlane, ClusterUser person, String rule, String allowed) {
    policy =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: forbid-%1$s}
        spec:
          matchConstraints:
            resourceRules:
            - %2$s
            - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
          validations:
          - {expression: "request.resource.resource != 'configmaps' && (%3$s)", message: no tokens today}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: forbid-%1$s}
        spec:
          policyName: forbid-%1$s
          validationActions: [Deny]
          matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}}
        """
            .formatted(person.namespace(), rule, allowed);
    controlPlane.kubectl().runWithInput(policy, "apply", "-f", "-");
    // The server takes a policy up a moment after it was written.
    await("the policy")
        .atMost(Duration.ofSeconds(30))
        .until(() -> person.dryRuns("create", "configmap", "probe").exitCode() != 0);
  }
}
