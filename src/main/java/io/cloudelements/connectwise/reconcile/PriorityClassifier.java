package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import java.util.Optional;

/** Why a pass runs, as far as it decides in which lane its calls to the service wait. */
final class PriorityClassifier {
  private PriorityClassifier() {}

  static Priority priority(ReconcileInput input, Recorded recorded, DesiredInstance desired) {
    if (input.deleting()) {
      return Priority.CHANGES;
    }
    if (recorded.instanceId().isEmpty()) {
      return Priority.CREATIONS;
    }
    return asked(input) || somethingIsOpen(input, recorded, desired)
        ? Priority.CHANGES
        : Priority.DRIFT;
  }

  /** A person changed the resource, or wants it looked at, and that was not followed yet. */
  private static boolean asked(ReconcileInput input) {
    Optional<ConnectWiseInstanceStatus> status = Optional.ofNullable(input.resource().getStatus());
    return input.unfinishedChange()
        || !status
            .map(ConnectWiseInstanceStatus::observedGeneration)
            .equals(Optional.of(input.metadata().getGeneration()))
        || input.passIsRequested();
  }

  private static boolean somethingIsOpen(
      ReconcileInput input, Recorded recorded, DesiredInstance desired) {
    boolean otherAccount = recorded.account().filter(desired.account()::isKnownAs).isEmpty();
    boolean midway =
        recorded.lastReason().filter(r -> r.kind() == Reason.Kind.PROGRESSING).isPresent();
    return otherAccount
        || midway
        || (desired.policy() == ManagementPolicy.MANAGE && !sentAsItIs(input, recorded, desired));
  }

  /**
   * Whether the configuration, secrets included, is the one that was sent last. The delivered token
   * is the key under which its hash is recorded; a token that is not there is to be delivered.
   */
  private static boolean sentAsItIs(
      ReconcileInput input, Recorded recorded, DesiredInstance desired) {
    Optional<String> hash =
        input
            .secret(TokenSecretContract.nameFor(input.resource()))
            .flatMap(TokenSecretContract::token)
            .map(desired.configuration()::fingerprint);
    return hash.isPresent() && recorded.configurationHash().equals(hash);
  }
}
