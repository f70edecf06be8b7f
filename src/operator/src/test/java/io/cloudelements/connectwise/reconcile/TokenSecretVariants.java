package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;

/** Generated Secrets of a resource with instance 7, and what others make of them. */
final class TokenSecretVariants {
  static final String NAME = "acme-helpdesk-token";
  static final ConnectWiseInstanceStatus PROVEN = Resources.status(3L, 7L, "account-1", NAME);

  private TokenSecretVariants() {}

  /** A resource whose status names instance 7. */
  static ReconcileInputs proven() {
    return ReconcileInputs.helpdesk().reporting(PROVEN);
  }

  static Secret secret(String token) {
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    DesiredInstance desired = ((DesiredResolver.Resolution.Resolved) resolution).desired();
    return input.tokenSecret(desired, 7, SecretValue.of(token)).orElseThrow();
  }

  static Secret former() {
    return named(secret("old"), "former");
  }

  static Secret named(Secret secret, String name) {
    return new SecretBuilder(secret).editMetadata().withName(name).endMetadata().build();
  }

  static Secret controlledByAnother(Secret secret) {
    return new SecretBuilder(secret)
        .editMetadata()
        .editFirstOwnerReference()
        .withUid("uid-2")
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  static Secret terminating(Secret secret, List<String> finalizers) {
    return new SecretBuilder(secret)
        .editMetadata()
        .withDeletionTimestamp("2026-11-24T10:00:00Z")
        .withFinalizers(finalizers)
        .endMetadata()
        .build();
  }
}
