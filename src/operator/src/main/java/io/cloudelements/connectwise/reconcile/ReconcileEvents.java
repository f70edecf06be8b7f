package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The Kubernetes events of a reconcile: a converged one, and a retry that fails alike, have none.
 */
final class ReconcileEvents {
  private ReconcileEvents() {}

  static List<EventRecord> between(Recorded before, Recorded after, Observation seen) {
    List<EventRecord> events = new ArrayList<>();
    after
        .instanceId()
        .ifPresent(id -> {
          if (!before.instanceId().equals(after.instanceId())) {
            events.add(arrival(before, id, seen));
          } else {
            seen.done().flatMap(done -> change(done, before, id)).ifPresent(events::add);
          }
        });
    SortedSet<Long> further = new TreeSet<>(after.duplicates());
    further.removeAll(before.duplicates());
    if (!further.isEmpty()) {
      events.add(
          EventRecord.warning(
              "DuplicateFound",
              "Instances "
                  + further
                  + " carry this resource's ownership tag too. They are not used; remove them at"
                  + " the service once nothing else uses them."));
    }
    return events;
  }

  /** The same for the metrics, where each happening counts once. */
  static List<ReconcileEvent> counted(
      Recorded before, Recorded after, Observation seen, Outcome outcome) {
    List<ReconcileEvent> happened = new ArrayList<>();
    boolean deliveredBefore = before.tokenSecret().isPresent();
    boolean arrived =
        after.instanceId().isPresent() && !after.instanceId().equals(before.instanceId());
    boolean created =
        before.intent().isPresent()
            || seen.done().filter(Action.Create.class::isInstance).isPresent();
    if (arrived && created && deliveredBefore) {
      happened.add(new ReconcileEvent.Recreated());
    }
    if (outcome.reason().kind() == Reason.Kind.READY && !deliveredBefore) {
      happened.add(new ReconcileEvent.FirstReady());
    }
    if (outcome.reason() == Reason.RECREATION_HELD && !before.recreationHeld()) {
      happened.add(new ReconcileEvent.RecreationHeld());
    }
    if (outcome.reason() == Reason.DELETION_HELD && !before.deletionHeld()) {
      happened.add(new ReconcileEvent.DeletionHeld());
    }
    return happened;
  }

  private static EventRecord arrival(Recorded before, long id, Observation seen) {
    boolean created = seen.done().filter(Action.Create.class::isInstance).isPresent();
    if (before.instanceId().isPresent()) {
      return created
          ? EventRecord.warning(
              "Recreated",
              "Instance "
                  + before.instanceId().get()
                  + " was gone; instance "
                  + id
                  + " replaces it.")
          : EventRecord.normal("Adopted", "Instance " + id + " replaces a former one.");
    }
    return created || before.intent().isPresent()
        ? EventRecord.normal("Provisioned", "Instance " + id + " is provisioned.")
        : EventRecord.normal("Adopted", "Instance " + id + " exists already and is used.");
  }

  private static Optional<EventRecord> change(Action.Mutation done, Recorded before, long id) {
    return switch (done) {
      case Action.Replace _ ->
          Optional.of(
              before.configurationHash().isPresent()
                  ? EventRecord.normal(
                      "CredentialsRotated",
                      "Configuration and credentials of instance " + id + " are sent again.")
                  : EventRecord.normal("Updated", "Instance " + id + " is up to date."));
      case Action.Patch _ ->
          Optional.of(
              EventRecord.normal("Updated", "Name or tags of instance " + id + " are updated."));
      case Action.SetEnabled(var _, boolean enabled) ->
          Optional.of(
              EventRecord.normal(
                  enabled ? "Enabled" : "Disabled",
                  "Instance " + id + (enabled ? " is enabled." : " is disabled.")));
      case Action.Adopt _ ->
          Optional.of(EventRecord.normal("Adopted", "Instance " + id + " is adopted."));
      case Action.Create _, Action.Release _, Action.Delete _ -> Optional.empty();
    };
  }

  /** A condition that asks for a person is worth an event when it appears. */
  static Optional<EventRecord> ofOutcome(Optional<Reason> before, Outcome outcome) {
    // By label, which is all that a status keeps.
    if (before.map(Reason::label).equals(Optional.of(outcome.reason().label()))) {
      return Optional.empty();
    }
    boolean warn = outcome.reason().kind().warns() || outcome.reason() == Reason.RATE_LIMITED;
    return warn
        ? Optional.of(EventRecord.warning(outcome.reason().label(), outcome.message()))
        : Optional.empty();
  }
}
