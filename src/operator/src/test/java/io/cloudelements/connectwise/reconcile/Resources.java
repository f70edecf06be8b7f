package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.AdoptionStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.CredentialsReference;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.function.Consumer;

/** Resources as a cache has them. */
public final class Resources {
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

  public static ConnectWiseInstanceStatus status(
      Long observedGeneration, Long instanceId, String account, String token) {
    return new ConnectWiseInstanceStatus(
        observedGeneration,
        "Valid",
        instanceId,
        "connectwisehd",
        true,
        false,
        account,
        null,
        token == null ? null : new SecretReference(token),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  /** The same status with an adoption. */
  /** Of a resource whose first creation is open in an account. */
  public static ConnectWiseInstanceStatus attempting(String account) {
    return new ConnectWiseInstanceStatus(
        1L,
        "Pending",
        null,
        "connectwisehd",
        null,
        null,
        account,
        null,
        null,
        null,
        new Provisioning(1, "2026-11-24T10:00:00Z"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  public static ConnectWiseInstanceStatus adopting(
      ConnectWiseInstanceStatus of, AdoptionStatus adoption) {
    return new ConnectWiseInstanceStatus(
        of.observedGeneration(),
        of.state(),
        of.instanceId(),
        of.elementKey(),
        of.valid(),
        of.disabled(),
        of.account(),
        of.configurationHash(),
        of.tokenSecretRef(),
        of.binding(),
        of.provisioning(),
        adoption,
        of.duplicates(),
        of.recreatedAt(),
        of.plan(),
        of.lastHandledReconcileAt(),
        of.lastHandledTakeOver(),
        of.nextCheckAt(),
        of.conditions());
  }

  /** The same status with one condition. */
  public static ConnectWiseInstanceStatus conditions(
      ConnectWiseInstanceStatus of, String type, String status, String reason) {
    return new ConnectWiseInstanceStatus(
        of.observedGeneration(),
        of.state(),
        of.instanceId(),
        of.elementKey(),
        of.valid(),
        of.disabled(),
        of.account(),
        of.configurationHash(),
        of.tokenSecretRef(),
        of.binding(),
        of.provisioning(),
        of.adoption(),
        of.duplicates(),
        of.recreatedAt(),
        of.plan(),
        of.lastHandledReconcileAt(),
        of.lastHandledTakeOver(),
        of.nextCheckAt(),
        List.of(
            new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withObservedGeneration(of.observedGeneration())
                .build()));
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
