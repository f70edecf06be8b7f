package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.Optional;

/** How urgent a reconcile is: its calls are queued with this priority. */
public final class PriorityClassifier {
  private PriorityClassifier() {}

  /**
   * As far as the resource itself shows.
   *
   * @param unread without Secrets
   */
  public static Priority ofResource(ReconcileInput unread) {
    if (unread.deleting()) {
      return Priority.CHANGES;
    }
    if (unread.recordedInstance().isEmpty()) {
      return Priority.CREATIONS;
    }
    return isUsersChange(unread) ? Priority.CHANGES : Priority.DRIFT;
  }

  /**
   * The same where the resource itself shows that its account will be called.
   *
   * @param unread without Secrets
   * @return empty: only the Secrets show whether there is anything to call
   */
  public static Optional<Priority> ofCalls(ReconcileInput unread) {
    Priority priority = ofResource(unread);
    return Optional.of(priority).filter(_ -> mustCall(unread, priority));
  }

  private static boolean mustCall(ReconcileInput unread, Priority priority) {
    Recorded recorded =
        StatusReader.recorded(
            StatusReader.status(unread.resource()), unread.metadata().getGeneration());
    if (unread.spec().namesNoSecret()
        || unread.history().unwritten().isPresent()
        || Prerequisites.outcome(unread, recorded).isPresent()) {
      return false;
    }
    if (unread.deleting()) {
      return unread.hasFinalizer();
    }
    boolean converged = recorded.lastReason().filter(Reason::isConverged).isPresent();
    return priority == Priority.DRIFT
        ? converged && unread.fullCheckIsDue()
        : !onlyTheTokenSecretMayDiffer(unread);
  }

  /** Such a change is written to the cluster alone, where the Secrets show nothing else. */
  private static boolean onlyTheTokenSecretMayDiffer(ReconcileInput unread) {
    return !unread.history().unfinishedChange()
        && !unread.reconcileIsRequested()
        && unread
            .history()
            .fulfilled()
            .filter(spec -> spec.isSameFor(unread.resource()))
            .isPresent();
  }

  static Priority priority(ReconcileInput input, Recorded recorded, DesiredInstance desired) {
    if (input.deleting()) {
      return Priority.CHANGES;
    }
    if (recorded.instanceId().isEmpty()) {
      return Priority.CREATIONS;
    }
    return isUsersChange(input) || somethingIsOpen(input, recorded, desired)
        ? Priority.CHANGES
        : Priority.DRIFT;
  }

  /** A person changed the resource or requested a reconcile, and that was not carried out yet. */
  private static boolean isUsersChange(ReconcileInput input) {
    return input.history().unfinishedChange()
        || !StatusReader.observedGeneration(input.resource())
            .equals(Optional.of(input.metadata().getGeneration()))
        || input.reconcileIsRequested();
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
