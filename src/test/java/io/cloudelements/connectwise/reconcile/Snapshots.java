package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a pass is given, told as a user writes it: the spec in YAML, Secrets in plain text. */
final class Snapshots {
  static final URI BASE_URL = URI.create("https://api.example.com/elements/api-v2");
  static final URI OTHER_BASE_URL = URI.create("https://api.example.co.uk/elements/api-v2");
  static final PassSettings SETTINGS =
      new PassSettings(
          "cluster-a",
          BASE_URL,
          Set.of(BASE_URL, OTHER_BASE_URL)::contains,
          new ProvisioningWindow(
              Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(60)),
          Rhythm.withListings(Duration.ofMinutes(10), true));
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
  private CrdState crd = CrdState.IN_USE;

  private Snapshots() {}

  /** A help desk resource that nobody has reconciled, with further lines of its spec. */
  static Snapshots helpdesk(String... lines) {
    return of("hub: helpdesk\ncredentialsSecretRef: {name: acme}\n" + String.join("\n", lines))
        .with("acme", CREDENTIALS);
  }

  static Snapshots of(String spec) {
    Snapshots snapshots = new Snapshots();
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

  Snapshots with(String secret, Map<String, String> values) {
    return with(secret(secret, values).build());
  }

  Snapshots with(Secret secret) {
    secrets.put(secret.getMetadata().getName(), secret);
    return this;
  }

  /** A token Secret of this very resource. */
  Snapshots withToken(String name, String token) {
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

  Snapshots without(String secret) {
    secrets.remove(secret);
    return this;
  }

  Snapshots deleting() {
    return deletingWithoutFinalizer().finalized();
  }

  Snapshots deletingWithoutFinalizer() {
    resource.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z");
    return this;
  }

  Snapshots finalized() {
    // addFinalizer leaves a resource alone that is being deleted
    resource.getMetadata().setFinalizers(List.of(ClusterWrites.FINALIZER));
    return this;
  }

  Snapshots at(String version) {
    resource.getMetadata().setResourceVersion(version);
    return this;
  }

  Snapshots annotated(String annotation, String value) {
    resource.getMetadata().getAnnotations().put(annotation, value);
    return this;
  }

  Snapshots reporting(ConnectWiseInstanceStatus status) {
    resource.setStatus(status);
    return this;
  }

  Snapshots remembering(CredentialsResult.Complete credentials) {
    lastKnown = Optional.of(credentials);
    return this;
  }

  Snapshots failedBefore(int times) {
    failures = times;
    return this;
  }

  Snapshots of(CrdState seen) {
    crd = seen;
    return this;
  }

  Snapshot build() {
    return new Snapshot(resource, secrets, lastKnown, failures, Optional.of(Duration.ZERO))
        .with(crd);
  }

  private static SecretBuilder secret(String name, Map<String, String> values) {
    Map<String, String> data = new TreeMap<>();
    values.forEach((key, value) ->
        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder().withNewMetadata().withName(name).endMetadata().withData(data);
  }
}
