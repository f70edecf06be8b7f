package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * Whether the cluster alone shows that there is nothing to do: an earlier pass reported the same
 * wish as fulfilled, and its token Secret is as it left it. What happened at the service since is
 * for the next look to find. Only for {@code Manage}: what is merely observed leaves no fingerprint
 * by which a spoilt token Secret would be noticed.
 */
final class Convergence {
  private Convergence() {}

  static boolean holds(ReconcileInput input, DesiredInstance desired, Recorded recorded) {
    return !input.deleting()
        && desired.policy() == ManagementPolicy.MANAGE
        && input.hasFinalizer()
        && recorded.intent().isEmpty()
        && recorded.lastReason().filter(Reason::isConverged).isPresent()
        && !input.passIsRequested()
        && TokenSecretDelivery.unwanted(input).isEmpty()
        && takeOverIsFollowed(desired, recorded)
        && recorded.account().equals(Optional.of(desired.account().fingerprint()))
        && recorded.elementKey().equals(Optional.of(desired.element().key()))
        && token(input, desired, recorded)
            .map(token -> desired.configuration().fingerprint(token))
            .filter(hash -> recorded.configurationHash().equals(Optional.of(hash)))
            .isPresent();
  }

  /** One that names this instance is followed once, which has to be recorded; so has its end. */
  private static boolean takeOverIsFollowed(DesiredInstance desired, Recorded recorded) {
    Optional<String> thisInstance = recorded.instanceId().map(id -> Long.toString(id));
    return recorded
        .takenOver()
        .equals(desired.takeOver().filter(value -> thisInstance.equals(Optional.of(value))));
  }

  /** The delivered token, when its Secret is exactly what would be delivered with it. */
  private static Optional<SecretValue> token(
      ReconcileInput input, DesiredInstance desired, Recorded recorded) {
    String name = TokenSecretContract.nameFor(input.resource());
    Optional<Secret> secret =
        input
            .secret(name)
            .filter(_ -> recorded.tokenSecret().equals(Optional.of(name)))
            .filter(found -> TokenSecretContract.isOwned(found, input.metadata().getUid()));
    return secret.flatMap(found ->
        TokenSecretContract.token(found)
            .filter(token ->
                recorded.instanceId().isPresent()
                    && TokenSecretContract.isAsWanted(
                        found,
                        TokenSecretContract.build(
                            input.resource(),
                            recorded.instanceId().get(),
                            token,
                            desired.element(),
                            desired.account()))));
  }
}
