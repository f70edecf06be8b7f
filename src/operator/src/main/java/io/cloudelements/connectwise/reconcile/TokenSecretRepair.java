package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * Tells a Secret that others changed or removed from one that follows its resource: a changed
 * template, or an account whose secrets were rotated.
 *
 * @param before what the status recorded when the reconcile began
 */
record TokenSecretRepair(ReconcileInput input, Recorded before, Conclusion conclusion) {

  /**
   * Whether writing it is a repair.
   *
   * @param wanted the Secret, which is not as it should be
   */
  boolean isRepair(Secret wanted) {
    boolean deliveredBefore =
        before.tokenSecret().equals(Optional.of(wanted.getMetadata().getName()))
            && before.instanceId().equals(conclusion.recorded().instanceId())
            && conclusion.seen().done().isEmpty();
    return deliveredBefore && !(templateMayDiffer() && differsInTemplateOnly(wanted));
  }

  static EventRecord event(String secret) {
    return EventRecord.normal(
        "TokenSecretRepaired", "Secret " + secret + " was missing or changed and is written anew.");
  }

  private boolean differsInTemplateOnly(Secret wanted) {
    return input
        .secret(wanted.getMetadata().getName())
        .filter(found -> TokenSecretContract.hasOwnKeysOf(found, wanted))
        .isPresent();
  }

  /** The secrets that an account object gives to applications are recorded nowhere. */
  private boolean templateMayDiffer() {
    boolean sameSpec =
        StatusReader.observedGeneration(input.resource())
            .equals(Optional.of(input.metadata().getGeneration()));
    boolean sameSecrets =
        input.account() instanceof AccountSource.OwnSecrets
            && before.account().equals(Optional.of(conclusion.desired().account().fingerprint()));
    return !sameSpec || !sameSecrets;
  }
}
