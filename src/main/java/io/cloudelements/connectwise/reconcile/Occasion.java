package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.platform.Lane;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import java.util.Optional;

/** Why a pass runs, as far as it decides in which lane its calls to the service wait. */
final class Occasion {
  private Occasion() {}

  static Lane lane(Snapshot snapshot, Recorded recorded, DesiredInstance desired) {
    if (snapshot.deleting()) {
      return Lane.CHANGES;
    }
    if (recorded.instanceId().isEmpty()) {
      return Lane.CREATIONS;
    }
    return asked(snapshot) || somethingIsOpen(snapshot, recorded, desired)
        ? Lane.CHANGES
        : Lane.DRIFT;
  }

  /** A person changed the resource, or wants it looked at, and that was not followed yet. */
  private static boolean asked(Snapshot snapshot) {
    Optional<ConnectWiseInstanceStatus> status =
        Optional.ofNullable(snapshot.resource().getStatus());
    return snapshot.unfinishedChange()
        || !status
            .map(ConnectWiseInstanceStatus::observedGeneration)
            .equals(Optional.of(snapshot.metadata().getGeneration()))
        || snapshot.passIsRequested();
  }

  private static boolean somethingIsOpen(
      Snapshot snapshot, Recorded recorded, DesiredInstance desired) {
    boolean otherAccount = recorded.account().filter(desired.account()::isKnownAs).isEmpty();
    boolean midway =
        recorded.lastReason().filter(r -> r.kind() == Reason.Kind.PROGRESSING).isPresent();
    return otherAccount
        || midway
        || (desired.policy() == ManagementPolicy.MANAGE
            && !sentAsItIs(snapshot, recorded, desired));
  }

  /**
   * Whether the configuration, secrets included, is the one that was sent last. The delivered token
   * is the key under which its hash is recorded; a token that is not there is to be delivered.
   */
  private static boolean sentAsItIs(Snapshot snapshot, Recorded recorded, DesiredInstance desired) {
    Optional<String> hash =
        snapshot
            .secret(TokenSecretContract.nameFor(snapshot.resource()))
            .flatMap(TokenSecretContract::token)
            .map(desired.configuration()::fingerprint);
    return hash.isPresent() && recorded.configurationHash().equals(hash);
  }
}
