package io.cloudelements.connectwise.instance;

import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Observation.Search;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Decides what a pass does next for a resource that is not being deleted. It is asked again after
 * every step, with what the step brought, until it settles; {@code docs/design.md} draws it.
 */
public final class InstancePlanner {
  private InstancePlanner() {}

  public static Action plan(Situation situation) {
    return switch (situation.seen().byId()) {
      case Lookup.Found(RemoteInstance instance) -> found(situation, instance);
      case Lookup.Missing missing -> notThere(situation, missing);
      case Lookup.NotAsked _ -> notAskedYet(situation);
    };
  }

  private static Action notAskedYet(Situation s) {
    Optional<Long> known = s.recorded().instanceId();
    if (known.isPresent()) {
      return new Action.ReadById(known.get());
    }
    Optional<Long> adopted = s.desired().adoptInstanceId();
    if (adopted.isPresent() && s.recorded().intent().isEmpty()) {
      return new Action.ReadById(adopted.get());
    }
    return unknown(s);
  }

  /** The id that was asked for is answered with the platform's 404; the ownership tag decides. */
  private static Action notThere(Situation s, Lookup.Missing missing) {
    return switch (s.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Unproven _ ->
          s.desired().confirmRecreate()
              ? gone(s, missing)
              : Action.settle(Verdicts.searchProvesNothing(s.desired()));
      case Search.Result(List<ListedInstance> matches) -> {
        if (!matches.isEmpty()) {
          long next = matches.getFirst().id();
          yield next == missing.id()
              ? Action.settle(Verdicts.contradictory(next))
              : new Action.ReadById(next);
        }
        yield gone(s, missing);
      }
    };
  }

  /**
   * Only both answers under the account in which the instance was last seen mean that it is gone.
   */
  private static Action gone(Situation s, Lookup.Missing missing) {
    long id = missing.id();
    DesiredInstance desired = s.desired();
    if (desired.policy() == ManagementPolicy.OBSERVE) {
      return Action.settle(Verdicts.nothingToObserve(desired));
    }
    boolean sameAccount = s.recorded().account().filter(desired.account()::isKnownAs).isPresent();
    boolean known = s.recorded().instanceId().isPresent();
    if (known && !sameAccount && !desired.confirmRecreate()) {
      return Action.settle(Verdicts.accountChanged(id, s.recorded(), desired));
    }
    if (adoptsOnly(desired)) {
      return Action.settle(Verdicts.adoptionTargetMissing(id));
    }
    boolean held =
        s.recreationHeld() || s.recorded().lastReason().equals(Optional.of(Reason.RECREATION_HELD));
    if (held && !desired.confirmRecreate()) {
      return Action.settle(Verdicts.recreationHeld(id));
    }
    Optional<Instant> tooSoon = RecreationInterval.remaining(s.recorded(), s.now());
    if (tooSoon.isPresent() && !desired.confirmRecreate()) {
      return Action.settle(Verdicts.recreationDelayed(id, tooSoon.get()));
    }
    return known && !missing.proven()
        ? new Action.ProveGone(id)
        : new Action.Intend(new Intent(1, s.now()), true);
  }

  private static Action unknown(Situation s) {
    if (s.desired().policy() == ManagementPolicy.OBSERVE) {
      return searchThen(s, () -> Action.settle(Verdicts.nothingToObserve(s.desired())));
    }
    if (s.seen().intended()) {
      Intent intent = s.recorded().intent().orElseThrow();
      if (intent.startedAt().isAfter(s.now())) {
        // The clock stepped back within the pass: the time to send would be too long.
        return new Action.Intend(new Intent(intent.attempt(), s.now()), true);
      }
      return searchThen(s, () -> new Action.Create(s.window().toSend(intent)));
    }
    Optional<Intent> open = s.recorded().intent();
    if (open.isPresent()) {
      return openIntent(s, open.get());
    }
    Action intend = new Action.Intend(new Intent(1, s.now()), true);
    // While the service fails, a search is the probe: no status write comes of a failing retry.
    return failedLastTime(s) ? searchThen(s, () -> intend) : intend;
  }

  private static Action openIntent(Situation s, Intent open) {
    if (s.inOtherAccount() && !s.desired().confirmRecreate()) {
      return Action.settle(Verdicts.attemptInOtherAccount(open, s.recorded(), s.desired()));
    }
    if (s.beginsInFuture(open)) {
      // The clock stepped back: count the window anew rather than wait for the old date.
      return new Action.Intend(new Intent(open.attempt(), s.now()), false);
    }
    return searchThen(s, () -> stillNothing(s, open));
  }

  private static Action stillNothing(Situation s, Intent open) {
    if (s.windowOpen(open)) {
      return Action.settle(Verdicts.awaitingOutcome(open, s.window()));
    }
    return adoptsOnly(s.desired())
        ? new Action.ReadById(s.desired().adoptInstanceId().orElseThrow())
        : new Action.Intend(new Intent(open.attempt() + 1, s.now()), true);
  }

  /** Whoever names an instance does not want another one, unless a person says so. */
  private static boolean adoptsOnly(DesiredInstance desired) {
    return desired.adoptInstanceId().isPresent() && !desired.confirmRecreate();
  }

  private static boolean failedLastTime(Situation s) {
    return s.recorded()
        .lastReason()
        .filter(reason -> !reason.isOfCluster())
        .map(reason ->
            switch (reason.kind()) {
              case RETRYING, STALLED, UNKNOWN -> true;
              case READY,
                  DEGRADED,
                  PROGRESSING,
                  PLANNED,
                  SUSPENDED,
                  REFUSED,
                  DELETING,
                  DELETION_BLOCKED,
                  FINISHED ->
                  false;
            })
        .orElse(false);
  }

  private static Action searchThen(Situation s, java.util.function.Supplier<Action> whenEmpty) {
    return switch (s.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Unproven _ ->
          nothingMadeBefore(s)
              ? whenEmpty.get()
              : Action.settle(Verdicts.searchProvesNothing(s.desired()));
      case Search.Result(List<ListedInstance> matches) ->
          matches.isEmpty()
              ? whenEmpty.get()
              // A list item is a summary: configuration and `disabled` come by id (contract §3,
              // §11).
              : new Action.ReadById(matches.getFirst().id());
    };
  }

  /** An empty search need not be proven where there is nothing that it could overlook. */
  private static boolean nothingMadeBefore(Situation s) {
    boolean attempted =
        s.recorded()
            .intent()
            .filter(open -> !s.seen().intended() || open.attempt() > 1)
            .isPresent();
    return !attempted || s.desired().confirmRecreate();
  }

  private static Action found(Situation s, RemoteInstance instance) {
    DesiredInstance desired = s.desired();
    Optional<String> otherElement =
        instance.elementKey().filter(key -> !key.equals(desired.element().key()));
    if (otherElement.isPresent()) {
      return Action.settle(Verdicts.wrongElement(instance.id(), otherElement.get(), desired));
    }
    if (desired.policy() == ManagementPolicy.OBSERVE) {
      return Action.settle(Verdicts.availability(instance, desired));
    }
    Optional<String> foreign =
        instance.tags().flatMap(tags -> desired.ownershipTag().foreignAmong(tags));
    if (foreign.isPresent() && !desired.takeOver()) {
      return Action.settle(Verdicts.ownedByAnother(instance.id(), foreign.get(), desired));
    }
    if (!provenOurs(s, instance) && !desired.takeOver()) {
      return Action.settle(Verdicts.ownerNotShown(instance.id()));
    }
    return nextChange(s, instance)
        .map(change -> afterEarlier(s, change, instance))
        .orElseGet(() -> inSync(s, instance));
  }

  /** Whether it is known whose it is; an answer without tags does not tell. */
  private static boolean provenOurs(Situation s, RemoteInstance instance) {
    boolean listed =
        s.seen().byTag() instanceof Search.Result(List<ListedInstance> matches)
            && matches.stream().anyMatch(match -> match.id() == instance.id());
    return instance.tags().isPresent()
        || listed
        || s.seen().done().isPresent()
        || s.recorded().instanceId().equals(Optional.of(instance.id()));
  }

  /** What differs, as one call: a PUT carries name and tags too (contract §4). */
  private static Optional<Action.Mutation> nextChange(Situation s, RemoteInstance instance) {
    DesiredInstance desired = s.desired();
    Optional<String> sent = s.recorded().configurationHash();
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

  private static Action afterEarlier(Situation s, Action.Mutation change, RemoteInstance instance) {
    boolean alreadyRefused =
        s.recorded().lastReason().equals(Optional.of(Reason.NOT_ACCEPTED))
            && s.recorded()
                .configurationHash()
                .equals(Optional.of(s.desired().configuration().fingerprint(instance.token())));
    Optional<Action.Mutation> done = s.seen().done();
    return switch (change) {
      case Action.SetEnabled _ -> done.isPresent() ? Action.settle(Verdicts.moreToDo()) : change;
      case Action.Create _, Action.Patch _, Action.Replace _, Action.Delete _ -> {
        // The answer to a change shows something else than was sent, or did so last time.
        if (alreadyRefused || done.filter(earlier -> covers(earlier, change)).isPresent()) {
          yield Action.settle(Verdicts.notAccepted(instance, s.desired()));
        }
        if (done.isPresent()) {
          yield Action.settle(Verdicts.moreToDo());
        }
        yield change instanceof Action.Replace && s.recorded().configurationHash().isPresent()
            ? new Action.ForgetConfiguration()
            : change;
      }
    };
  }

  /** Whether an earlier change of this pass already sent what this one would send. */
  private static boolean covers(Action.Mutation earlier, Action.Mutation change) {
    return switch (earlier) {
      case Action.Create _, Action.Replace _ -> true;
      case Action.Patch(var _, var name, var tags) ->
          change instanceof Action.Patch(var _, var nextName, var nextTags)
              && (name.isPresent() || nextName.isEmpty())
              && (tags.isPresent() || nextTags.isEmpty());
      case Action.SetEnabled _, Action.Delete _ -> false;
    };
  }

  /**
   * A duplicate is found at the drift check; a pass that changed something leaves it to the next.
   */
  private static Action inSync(Situation s, RemoteInstance instance) {
    boolean searched = !(s.seen().byTag() instanceof Search.NotAsked);
    return searched || s.seen().done().isPresent()
        ? Action.settle(Verdicts.availability(instance, s.desired()))
        : new Action.SearchByTag();
  }

  /** Ids of further instances that carry the ownership tag, as far as this pass looked. */
  public static Optional<SortedSet<Long>> duplicates(Observation seen, long id) {
    return switch (seen.byTag()) {
      case Search.NotAsked _, Search.Unproven _ -> Optional.empty();
      case Search.Result(List<ListedInstance> matches) ->
          Optional.of(
              new java.util.TreeSet<>(
                  matches.stream().map(ListedInstance::id).filter(m -> m != id).toList()));
    };
  }
}
