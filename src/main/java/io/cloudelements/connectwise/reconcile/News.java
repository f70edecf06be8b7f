package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What of a pass is news, told once: a converged pass and a retry that fails alike have none. */
final class News {
  private News() {}

  static List<Notice> between(Recorded before, Recorded after, Observation seen) {
    List<Notice> news = new ArrayList<>();
    after
        .instanceId()
        .ifPresent(id -> {
          if (!before.instanceId().equals(after.instanceId())) {
            news.add(arrival(before, id, seen));
          } else {
            seen.done().flatMap(done -> change(done, before, id)).ifPresent(news::add);
          }
        });
    SortedSet<Long> further = new TreeSet<>(after.duplicates());
    further.removeAll(before.duplicates());
    if (!further.isEmpty()) {
      news.add(
          Notice.warning(
              "DuplicateFound",
              "Instances "
                  + further
                  + " carry this resource's ownership tag too. They are not used; remove them at the"
                  + " service once nothing else uses them."));
    }
    return news;
  }

  /** The same for the metrics, where each happening counts once. */
  static List<Occurrence> occurrences(
      Recorded before, Recorded after, Observation seen, Verdict verdict) {
    List<Occurrence> happened = new ArrayList<>();
    boolean deliveredBefore = before.tokenSecret().isPresent();
    boolean arrived =
        after.instanceId().isPresent() && !after.instanceId().equals(before.instanceId());
    boolean created =
        before.intent().isPresent()
            || seen.done().filter(Action.Create.class::isInstance).isPresent();
    if (arrived && created && deliveredBefore) {
      happened.add(new Occurrence.Recreated());
    }
    if (verdict.reason().kind() == Reason.Kind.READY && !deliveredBefore) {
      happened.add(new Occurrence.FirstReady());
    }
    if (verdict.reason() == Reason.RECREATION_HELD
        && !before.lastReason().equals(Optional.of(Reason.RECREATION_HELD))) {
      happened.add(new Occurrence.RecreationHeld());
    }
    return happened;
  }

  private static Notice arrival(Recorded before, long id, Observation seen) {
    boolean created = seen.done().filter(Action.Create.class::isInstance).isPresent();
    if (before.instanceId().isPresent()) {
      return created
          ? Notice.warning(
              "Recreated",
              "Instance "
                  + before.instanceId().get()
                  + " was gone; instance "
                  + id
                  + " replaces it.")
          : Notice.normal("Adopted", "Instance " + id + " replaces a former one.");
    }
    return created || before.intent().isPresent()
        ? Notice.normal("Provisioned", "Instance " + id + " is provisioned.")
        : Notice.normal("Adopted", "Instance " + id + " exists already and is used.");
  }

  private static Optional<Notice> change(Action.Mutation done, Recorded before, long id) {
    return switch (done) {
      case Action.Replace _ ->
          Optional.of(
              before.configurationHash().isPresent()
                  ? Notice.normal(
                      "CredentialsRotated",
                      "Configuration and credentials of instance " + id + " are sent anew.")
                  : Notice.normal("Updated", "Instance " + id + " is brought in line."));
      case Action.Patch _ ->
          Optional.of(Notice.normal("Updated", "Name or tags of instance " + id + " are updated."));
      case Action.SetEnabled(var _, boolean enabled) ->
          Optional.of(
              Notice.normal(
                  enabled ? "Enabled" : "Disabled",
                  "Instance " + id + (enabled ? " is enabled." : " is disabled.")));
      case Action.Adopt _ ->
          Optional.of(Notice.normal("Adopted", "Instance " + id + " is taken over."));
      case Action.Create _, Action.Release _, Action.Delete _ -> Optional.empty();
    };
  }

  /** A condition that asks for a person is worth an event when it appears. */
  static Optional<Notice> ofVerdict(Optional<Reason> before, Verdict verdict) {
    // By label, which is all that a status keeps.
    if (before.map(Reason::label).equals(Optional.of(verdict.reason().label()))) {
      return Optional.empty();
    }
    boolean warn =
        switch (verdict.reason().kind()) {
          case STALLED, DEGRADED, REFUSED, DELETION_BLOCKED, UNKNOWN -> true;
          case RETRYING -> verdict.reason() == Reason.RATE_LIMITED;
          case READY, PROGRESSING, PLANNED, SUSPENDED, DELETING, FINISHED -> false;
        };
    return warn
        ? Optional.of(Notice.warning(verdict.reason().label(), verdict.message()))
        : Optional.empty();
  }
}
