package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretEntries;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a reconcile is given, told as a user writes it: the spec in YAML, Secrets in plain text. */
final class ReconcileInputs {
  static final URI BASE_URL = URI.create("https://api.example.com/elements/api-v2");
  static final URI OTHER_BASE_URL = URI.create("https://api.example.co.uk/elements/api-v2");
  static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          "cluster-a",
          BASE_URL,
          Set.of(BASE_URL, OTHER_BASE_URL)::contains,
          ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE),
          ResyncIntervals.withListings(Duration.ofMinutes(10), true));
  static final ResourceId ID = new ResourceId("integrations", "acme-helpdesk");
  static final String UID = "uid-1";
  static final Map<String, String> CREDENTIALS =
      Map.of(
          "userSecret", "the-user-secret",
          "organizationSecret", "the-organization-secret",
          "username", "api",
          "password", "hunter2",
          "serverUrl", "https://acme.example.com",
          "company", "acme");

  private final ConnectWiseInstance resource = new ConnectWiseInstance();
  private final Map<String, Secret> secrets = new HashMap<>();
  private Optional<CredentialsResult.Complete> lastKnown = Optional.empty();
  private int failures;
  private Optional<UnwrittenOutcome> unwritten = Optional.empty();
  private Optional<ClusterWriteFailure> refusedRead = Optional.empty();
  private CrdState crd = CrdState.IN_USE;
  private AccountSource account = AccountSource.OWN;

  private ReconcileInputs() {}

  /** A help desk resource that was never reconciled, with further lines of its spec. */
  static ReconcileInputs helpdesk(String... lines) {
    return of("hub: helpdesk\ncredentialsSecretRef: {name: acme}\n" + String.join("\n", lines))
        .with("acme", CREDENTIALS);
  }

  /** The same with a Secret that opens no account. */
  static ReconcileInputs withoutAccount(String... lines) {
    Map<String, String> entries = new HashMap<>(CREDENTIALS);
    entries.keySet().removeAll(CredentialsReader.ACCOUNT_KEYS);
    return helpdesk(lines).with("acme", entries);
  }

  static ReconcileInputs of(String spec) {
    ReconcileInputs snapshots = new ReconcileInputs();
    snapshots.resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(ID.namespace())
            .withName(ID.name())
            .withUid(UID)
            .withResourceVersion("10")
            .withGeneration(3L)
            .build());
    snapshots.resource.setSpec(Serialization.unmarshal(spec, ConnectWiseInstanceSpec.class));
    return snapshots;
  }

  ReconcileInputs with(String secret, Map<String, String> values) {
    return with(secret(secret, values).build());
  }

  ReconcileInputs with(Secret secret) {
    secrets.put(secret.getMetadata().getName(), secret);
    return this;
  }

  /** A token Secret of this very resource. */
  ReconcileInputs withToken(String name, String token) {
    return with(
        secret(name, Map.of("token", token))
            .editMetadata()
            .addToLabels(TokenSecretContract.MANAGED_BY_LABEL, TokenSecretContract.MANAGED_BY)
            .addNewOwnerReference()
            .withUid(UID)
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .build());
  }

  ReconcileInputs without(String secret) {
    secrets.remove(secret);
    return this;
  }

  ReconcileInputs deleting() {
    return deletingWithoutFinalizer().finalized();
  }

  ReconcileInputs deletingWithoutFinalizer() {
    resource.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z");
    return this;
  }

  ReconcileInputs finalized() {
    // addFinalizer leaves a resource alone that is being deleted
    resource.getMetadata().setFinalizers(List.of(ClusterWrites.FINALIZER));
    return this;
  }

  ReconcileInputs at(String version) {
    resource.getMetadata().setResourceVersion(version);
    return this;
  }

  ReconcileInputs annotated(String annotation, String value) {
    resource.getMetadata().getAnnotations().put(annotation, value);
    return this;
  }

  ReconcileInputs reporting(ConnectWiseInstanceStatus status) {
    resource.setStatus(status);
    return this;
  }

  ReconcileInputs remembering(CredentialsResult.Complete credentials) {
    lastKnown = Optional.of(credentials);
    return this;
  }

  ReconcileInputs failedBefore(int times) {
    failures = times;
    return this;
  }

  /** The API server does not show a Secret. */
  ReconcileInputs refusing(ClusterWriteFailure read) {
    refusedRead = Optional.of(read);
    return this;
  }

  /** The last reconcile left this unwritten. */
  ReconcileInputs resuming(Optional<UnwrittenOutcome> left) {
    unwritten = left;
    return this;
  }

  /** What its account object gives. */
  ReconcileInputs from(AccountSource opened) {
    account = opened;
    return this;
  }

  ReconcileInputs of(CrdState seen) {
    crd = seen;
    return this;
  }

  ReconcileInput build() {
    return new ReconcileInput(
        resource,
        secrets,
        account,
        crd,
        new ReconcileHistory(
            lastKnown, failures, false, Optional.of(Duration.ZERO), unwritten, Optional.empty()),
        ManagementPolicy.MANAGE,
        refusedRead);
  }

  /** An account object without limits, with what its applications are given. */
  static AccountSource.Open sharedAccount(
      Optional<ApplicationSecrets> applicationUser, String revisions) {
    return new AccountSource.Open(
        new ResourceId("accounts", "acme"),
        new Account(
            BASE_URL, SecretValue.of("the-administrator"), SecretValue.of("the-organization")),
        false,
        new AccountSource.InstanceLimits(Optional.empty(), Optional.empty()),
        applicationUser,
        Optional.empty(),
        revisions);
  }

  static SecretBuilder secret(String name, Map<String, String> values) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withData(SecretEntries.encoded(values));
  }
}
