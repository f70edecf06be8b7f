package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
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
    return input.unfinishedChange()
        || !StatusReader.observedGeneration(input.resource())
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
        || (desired.policy() == ManagementPolicy.MANAGE
            && !new Convergence(input, desired, recorded).configurationIsSent());
  }
}
