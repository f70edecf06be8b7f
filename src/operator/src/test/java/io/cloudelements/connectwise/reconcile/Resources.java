package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.CredentialsReference;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.connectwise.status.StatusReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Resources as a cache has them. */
public final class Resources {
  private static final Instant REPORTED = Instant.parse("2026-11-24T10:00:00Z");

  private Resources() {}

  /** Reconciled once, at version 10, in generation 1, with our finalizer. */
  public static ConnectWiseInstance acme() {
    return acme(_ -> {});
  }

  public static ConnectWiseInstance acme(Consumer<ConnectWiseInstance> difference) {
    ConnectWiseInstance acme = new ConnectWiseInstance();
    acme.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("integrations")
            .withName("acme")
            .withUid("uid-1")
            .withResourceVersion("10")
            .withGeneration(1L)
            .withFinalizers(ClusterWrites.FINALIZER)
            .build());
    acme.setSpec(spec("acme-credentials", null, null));
    acme.setStatus(status(1L, 7L, "account-1", "acme-token"));
    difference.accept(acme);
    return acme;
  }

  public static ConnectWiseInstanceSpec spec(String credentials, String account, String token) {
    return spec(
        credentials,
        account,
        token == null ? null : new TokenSecret(token, null, null, null),
        null);
  }

  public static ConnectWiseInstanceSpec spec(
      String credentials, String account, TokenSecret token, String managementPolicy) {
    return new ConnectWiseInstanceSpec(
        "helpdesk",
        null,
        null,
        null,
        new CredentialsReference(credentials),
        account == null ? null : new SecretReference(account),
        null,
        null,
        null,
        null,
        null,
        null,
        token,
        null,
        null,
        null,
        managementPolicy);
  }

  /** Of a resource whose instance is usable, or being made where it has none. */
  public static ConnectWiseInstanceStatus status(
      Long observedGeneration, Long instanceId, String account, String token) {
    Recorded recorded =
        new Recorded(
            false,
            new Recorded.LastSeen(
                Optional.ofNullable(instanceId),
                Optional.of("connectwisehd"),
                Optional.ofNullable(account),
                Optional.empty(),
                new Availability(Optional.of(true), Optional.of(false))),
            Recorded.NOTHING.creation(),
            Recorded.NOTHING.takeOver(),
            new TreeSet<>(),
            Optional.ofNullable(token),
            Optional.empty());
    return reported(
        Optional.empty(),
        observedGeneration,
        recorded,
        instanceId == null ? Reason.PROVISIONING : Reason.AVAILABLE);
  }

  /** Of a resource whose first creation is open in an account. */
  public static ConnectWiseInstanceStatus attempting(String account) {
    return reported(
        Optional.empty(),
        1L,
        Recorded.NOTHING.withIntent(new Intent(1, REPORTED), Optional.of(account)),
        Reason.PROVISIONING);
  }

  /** The same status with an adoption. */
  public static ConnectWiseInstanceStatus adopting(
      ConnectWiseInstanceStatus of, Adoption adoption) {
    return reported(
        Optional.of(of),
        of.observedGeneration(),
        recorded(of).withAdoption(Optional.of(adoption)),
        Reason.UPDATING);
  }

  /** The status after a reconcile that has learned nothing, and ended so. */
  public static ConnectWiseInstanceStatus reporting(ConnectWiseInstanceStatus of, Reason reason) {
    return reported(Optional.of(of), of.observedGeneration(), recorded(of), reason);
  }

  private static Recorded recorded(ConnectWiseInstanceStatus of) {
    return StatusReader.recorded(Optional.of(of), of.observedGeneration());
  }

  private static ConnectWiseInstanceStatus reported(
      Optional<ConnectWiseInstanceStatus> before, long generation, Recorded recorded, Reason why) {
    return StatusComposer.compose(
        before,
        generation,
        new StatusReport(Outcome.of(why, "As reported."), recorded, List.of(), Optional.empty()),
        REPORTED);
  }

  /** With all that a reconcile needs. */
  public static Secret credentials(String name, String version) {
    return ReconcileInputs.secret(name, ReconcileInputs.CREDENTIALS)
        .editMetadata()
        .withNamespace("integrations")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }

  public static Secret secret(String name, String version) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("integrations")
        .withName(name)
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
