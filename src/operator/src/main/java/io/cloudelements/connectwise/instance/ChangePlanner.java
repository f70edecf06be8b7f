package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.Set;

/** Decides which call brings an instance that is this resource's in line. */
final class ChangePlanner {
  private ChangePlanner() {}

  /** What differs, as one call: a PUT carries name and tags too (contract §4). */
  static Optional<Action.Correction> next(PlannerInput in, RemoteInstance instance) {
    DesiredInstance desired = in.desired();
    Optional<String> sent = in.recorded().configurationHash();
    boolean configurationDiffers =
        !sent.equals(Optional.of(desired.configuration().fingerprint(instance.token())))
            || !desired.configuration().differing(instance.configuration()).isEmpty();
    if (configurationDiffers) {
      return Optional.of(new Action.Replace(instance.id()));
    }
    Optional<String> name = instance.name().filter(n -> !n.equals(desired.name()));
    Optional<Set<String>> tags = instance.tags().filter(t -> !t.equals(desired.tags()));
    if (name.isPresent() || tags.isPresent()) {
      return Optional.of(
          new Action.Patch(
              instance.id(), name.map(_ -> desired.name()), tags.map(_ -> desired.tags())));
    }
    return desired
        .enabled()
        .filter(wanted -> instance.disabled().filter(off -> off.equals(wanted)).isPresent())
        .map(wanted -> new Action.SetEnabled(instance.id(), wanted));
  }

  static Action afterEarlier(PlannerInput in, Action.Correction change, RemoteInstance instance) {
    boolean alreadyRefused =
        in.recorded().lastReason().equals(Optional.of(Reason.NOT_ACCEPTED))
            && in.recorded()
                .configurationHash()
                .equals(Optional.of(in.desired().configuration().fingerprint(instance.token())));
    Optional<Action.Mutation> done = in.seen().done();
    return switch (change) {
      case Action.SetEnabled _ -> done.isPresent() ? Action.finish(Outcomes.moreToDo()) : change;
      case Action.Patch _, Action.Replace _ -> {
        // The answer to a change shows something else than was sent, or did so last time.
        if (alreadyRefused || done.filter(earlier -> covers(earlier, change)).isPresent()) {
          yield Action.finish(Outcomes.notAccepted(instance, in.desired()));
        }
        if (done.isPresent()) {
          yield Action.finish(Outcomes.moreToDo());
        }
        yield change instanceof Action.Replace && in.recorded().configurationHash().isPresent()
            ? new Action.ForgetConfiguration()
            : change;
      }
    };
  }

  /** Whether an earlier change of this reconcile already sent what this one would send. */
  private static boolean covers(Action.Mutation earlier, Action.Correction change) {
    return switch (earlier) {
      case Action.Create _, Action.Replace _ -> true;
      case Action.Patch(var _, var name, var tags) ->
          change instanceof Action.Patch(var _, var nextName, var nextTags)
              && (name.isPresent() || nextName.isEmpty())
              && (tags.isPresent() || nextTags.isEmpty());
      case Action.Adopt(Action.Mutation sent) -> covers(sent, change);
      case Action.SetEnabled _, Action.Release _, Action.Delete _ -> false;
    };
  }
}
