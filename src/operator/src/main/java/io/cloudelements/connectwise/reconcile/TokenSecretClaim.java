package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Observation.Search;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Decides about a Secret without an owner under the token Secret's name, as after a restore. Whose
 * it is shows with the instance whose token it holds, and until then the reconcile only reads:
 * nothing is made or changed at the service for a token that could not be delivered, unless the
 * Secret comes back after it was read.
 *
 * @param missing the instance that the service answered 404 for, in this reconcile
 * @param usable whether the service has shown an instance that the resource may use
 */
record TokenSecretClaim(ReconcileInput input, Optional<Long> missing, boolean usable) {

  /** The planner's next action, or what has to be seen or said before it. */
  Action before(Action next, Observation seen) {
    Optional<Secret> unproven =
        input
            .secret(input.spec().tokenSecretName())
            .filter(TokenSecretContract::mayBeOurs)
            .filter(
                secret -> !TokenSecretContract.isOurs(secret, input.ref().uid(), instance(seen)))
            .filter(secret -> !isToTakeUp(secret, next, seen));
    return unproven.isEmpty() || input.deleting() || !leadsToAChange(next)
        ? next
        : proof(unproven.get(), seen);
  }

  /**
   * The next action, or that the Secret is taken up before it: one that a restore brought back
   * without its owner and with the token of an instance that the status names and that is gone, so
   * that no other instance would show whose the Secret is. It is taken up when the resource goes on
   * without that instance, and not for a 404 alone, which another account or a lagging read answers
   * too.
   */
  Action takingUp(Action next, Observation seen) {
    return input
        .secret(input.spec().tokenSecretName())
        .filter(_ -> !input.deleting())
        .filter(TokenSecretContract::mayBeOurs)
        .filter(secret -> isToTakeUp(secret, next, seen))
        .<Action>map(secret -> new Action.TakeUpSecret(secret.getMetadata().getName()))
        .orElse(next);
  }

  private boolean isToTakeUp(Secret secret, Action next, Observation seen) {
    boolean ofLostInstance =
        missing.isPresent()
            && missing.equals(input.recordedInstance())
            && missing.equals(TokenSecretContract.instanceId(secret));
    boolean goesOn = leadsToAChange(next) && seen.verifiedGone().equals(missing);
    return ofLostInstance && (usable || goesOn);
  }

  private Optional<Long> instance(Observation seen) {
    return switch (seen.byId()) {
      case Lookup.Found(RemoteInstance found) -> Optional.of(found.id());
      case Lookup.NotAsked _, Lookup.Missing _ -> input.recordedInstance();
    };
  }

  private static boolean leadsToAChange(Action next) {
    return switch (next) {
      case Action.Record _, Action.Mutation _ -> true;
      case Action.Read _, Action.VerifyGone _, Action.TakeUpSecret _, Action.Finish _ -> false;
    };
  }

  private static Action proof(Secret secret, Observation seen) {
    return switch (seen.byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Inconclusive _ -> Action.finish(TokenSecretDelivery.notOurs(secret));
      case Search.Result(List<ListedInstance> matches) ->
          matches.isEmpty() || seen.byId() instanceof Lookup.Found
              ? Action.finish(TokenSecretDelivery.notOurs(secret))
              : new Action.ReadById(matches.getFirst().id());
    };
  }
}
