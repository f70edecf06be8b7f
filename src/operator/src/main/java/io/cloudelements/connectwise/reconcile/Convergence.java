package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether the cluster alone shows that there is nothing to do: an earlier reconcile reported the
 * same spec as fulfilled, and its token Secret is unchanged. The next full check finds changes at
 * the service.
 */
record Convergence(ReconcileInput input, DesiredInstance desired, Recorded recorded) {
  /**
   * @param obstacle what is out of place where it applies
   */
  private record Check(String obstacle, Predicate<Convergence> applies) {}

  private static final Check NOT_CONVERGED =
      new Check(
          "the last reconcile of this generation did not converge",
          c -> c.recorded.lastReason().filter(Reason::isConverged).isEmpty());

  private static final Check NOT_DELIVERED =
      new Check("the token Secret is not as wanted", c -> !c.tokenIsDelivered());

  private static final List<Check> CHECKS =
      List.of(
          new Check("it is being deleted", c -> c.input.deleting()),
          new Check(
              "it is not managed: nothing recorded would show a spoilt token Secret",
              c -> c.desired.policy() != ManagementPolicy.MANAGE),
          new Check("it has no finalizer", c -> !c.input.hasFinalizer()),
          new Check("a creation has an unknown outcome", c -> c.recorded.intent().isPresent()),
          NOT_CONVERGED,
          new Check("a person requests a reconcile", c -> c.input.reconcileIsRequested()),
          new Check(
              "a former token Secret is to be removed",
              c -> !TokenSecretDelivery.unwanted(c.input).isEmpty()),
          new Check("a take-over or its end is to be recorded", c -> !c.takeOverIsRecorded()),
          new Check(
              "the account is another one",
              c -> !c.recorded.account().equals(Optional.of(c.desired.account().fingerprint()))),
          new Check(
              "the element is another one",
              c -> !c.recorded.elementKey().equals(Optional.of(c.desired.element().key()))),
          NOT_DELIVERED,
          new Check(
              "the configuration is not the one that was sent last",
              c -> !c.configurationIsSent()));

  boolean holds() {
    return obstacle().isEmpty();
  }

  /** The first thing that is out of place. */
  Optional<String> obstacle() {
    return CHECKS.stream()
        .filter(check -> check.applies().test(this))
        .map(Check::obstacle)
        .findFirst();
  }

  /**
   * What is to be written where a ready resource lacks nothing but its Secret's other keys, labels
   * or annotations: what the service was asked for is the same as before, and the recorded hash of
   * the configuration shows that the Secret's token is the instance's.
   */
  Optional<Conclusion> butForTokenSecret() {
    boolean otherwise =
        CHECKS.stream()
            .filter(check -> check != NOT_CONVERGED && check != NOT_DELIVERED)
            .noneMatch(check -> check.applies().test(this));
    return otherwise && (input.history().unwritten().isEmpty() || interrupted().isPresent())
        ? lastReady().flatMap(this::conclusion)
        : Optional.empty();
  }

  /** What the status says of a ready resource, unless the spec asks for something else now. */
  private Optional<Outcome> lastReady() {
    return interrupted().or(this::reportedReady);
  }

  /** The outcome from before a Secret could not be read for a while. */
  private Optional<Outcome> interrupted() {
    return input.history().unwritten().flatMap(last -> last.interruptedFor(input));
  }

  private Optional<Outcome> reportedReady() {
    boolean sameSpec =
        recorded.lastReason().isPresent()
            || input
                .history()
                .fulfilled()
                .filter(spec -> spec.isSameFor(input.resource()))
                .isPresent();
    return StatusReader.status(input.resource())
        .filter(_ -> sameSpec)
        .flatMap(StatusReader::outcome)
        .filter(outcome -> outcome.reason().kind() == Reason.Kind.READY);
  }

  private Optional<Conclusion> conclusion(Outcome ready) {
    // a status that another writer changed may name another instance than that of the token
    return ownSecret()
        .filter(secret -> TokenSecretContract.instanceId(secret).equals(recorded.instanceId()))
        .flatMap(TokenSecretContract::token)
        .flatMap(token -> recorded.instanceId().map(id -> RemoteInstance.known(id, token)))
        .map(instance ->
            new Conclusion(
                desired, ready, recorded, Observation.NONE, Optional.of(instance), false));
  }

  /** One that names this instance is followed once. */
  private boolean takeOverIsRecorded() {
    boolean namesThis = recorded.instanceId().filter(desired::namesToTake).isPresent();
    return recorded.takenOver().equals(desired.takeOver().filter(_ -> namesThis));
  }

  /**
   * Whether the configuration, secrets included, is the one that was sent last. The delivered token
   * is the key under which its hash is recorded; a token that is not there is to be delivered.
   */
  boolean configurationIsSent() {
    Optional<String> hash =
        input
            .secret(input.spec().tokenSecretName())
            .flatMap(TokenSecretContract::token)
            .map(desired.configuration()::fingerprint);
    return hash.isPresent() && recorded.configurationHash().equals(hash);
  }

  /** Whether the Secret is exactly what would be delivered with the token that it holds. */
  private boolean tokenIsDelivered() {
    return ownSecret()
        .filter(found ->
            TokenSecretContract.token(found).filter(token -> isAsWanted(found, token)).isPresent())
        .isPresent();
  }

  /** The Secret that an earlier reconcile delivered. */
  private Optional<Secret> ownSecret() {
    String name = input.spec().tokenSecretName();
    return input
        .secret(name)
        .filter(_ -> recorded.tokenSecret().equals(Optional.of(name)))
        .filter(found -> TokenSecretContract.isOwned(found, input.metadata().getUid()));
  }

  private boolean isAsWanted(Secret found, SecretValue token) {
    return recorded
        .instanceId()
        .flatMap(id -> input.tokenSecret(desired, id, token))
        .filter(wanted -> TokenSecretContract.isAsWanted(found, wanted))
        .isPresent();
  }
}
