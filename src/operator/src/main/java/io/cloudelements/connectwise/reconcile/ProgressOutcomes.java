package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;

/** What the status says while a reconcile waits or goes on. */
final class ProgressOutcomes {
  private ProgressOutcomes() {}

  /** The way out goes without the service, so that a deletion can end whatever blocks it. */
  static Outcome deletionBlocked(Outcome cause) {
    return new Outcome(
        Reason.DELETION_BLOCKED,
        "Deletion waits. "
            + cause.message()
            + " Or set spec.deletionPolicy: Retain to leave the instance at the service.",
        cause.requestId(),
        cause.notBefore());
  }

  /** What the status of a new resource says while no permit is free. */
  static Outcome queued(ManagementPolicy policy, String account) {
    return Outcome.of(
        policy == ManagementPolicy.MANAGE ? Reason.PROVISIONING : Reason.HELD_BACK,
        "Queued: account " + account + " is at its limit of concurrent calls.");
  }

  /** What the status says from a record on, until the reconcile ends. */
  static Outcome announcing(Action.Record record, boolean deleting) {
    return switch (record) {
      case Action.BeginAdoption(var adoption) ->
          Outcome.of(
              deleting ? Reason.DELETING : Reason.UPDATING,
              "Instance " + adoption.instanceId() + " is being adopted.");
      case Action.RecordIntent(var intent, boolean fresh) -> {
        if (deleting) {
          yield Outcome.of(Reason.DELETING, "Searching for instances with the ownership tag.");
        }
        yield fresh
            ? Outcome.of(
                Reason.PROVISIONING,
                "Creation attempt " + intent.attempt() + " is recorded and under way.")
            : Outcome.of(
                Reason.AWAITING_OUTCOME,
                "An earlier creation may have taken effect; searching for its instance.");
      }
      case Action.ForgetConfiguration _ ->
          Outcome.of(Reason.UPDATING, "The configuration is being sent.");
    };
  }
}
