package io.cloudelements.connectwise.instance;

import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Observation.Search;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Decides what a reconcile does next for a resource that is not being deleted. It is asked again
 * after every step, with the step's result, until it finishes; {@code docs/design.md} draws it.
 */
public final class InstancePlanner {
  private InstancePlanner() {}

  public static Action plan(PlannerInput plannerInput) {
    return switch (plannerInput.seen().byId()) {
      case Lookup.Found(RemoteInstance instance) -> found(plannerInput, instance);
      case Lookup.Missing missing -> notThere(plannerInput, missing);
      case Lookup.NotAsked _ -> notAskedYet(plannerInput);
    };
  }

  private static Action notAskedYet(PlannerInput s) {
    Optional<Long> known =
        s.recorded()
            .instanceId()
            .or(() -> s.recorded().intent().isPresent() ? Optional.empty() : adoptable(s));
    return known.<Action>map(Action.ReadById::new).orElseGet(() -> unknown(s));
  }

  /** The id that was asked for is answered with the platform's 404; the ownership tag decides. */
  private static Action notThere(PlannerInput s, Lookup.Missing missing) {
    return switch (s.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Inconclusive _ ->
          s.desired().replaces(missing.id()) || s.beginsAnew()
              ? gone(s, missing.id())
              : Action.finish(
                  Outcomes.inconclusiveSearch(
                      s.toBeginAnew().orElse(Long.toString(missing.id())), s.desired()));
      case Search.Result(List<ListedInstance> matches) -> {
        if (!matches.isEmpty()) {
          long next = matches.getFirst().id();
          yield next == missing.id()
              ? Action.finish(Outcomes.contradictory(next))
              : new Action.ReadById(next);
        }
        yield gone(s, missing.id());
      }
    };
  }

  /**
   * Only both answers under the account in which the instance was last seen, and a write that is
   * answered alike, mean that it is gone.
   */
  private static Action gone(PlannerInput s, long id) {
    DesiredInstance desired = s.desired();
    if (desired.policy() == ManagementPolicy.OBSERVE) {
      return Action.finish(Outcomes.nothingToObserve(desired));
    }
    Optional<Long> known = s.recorded().instanceId();
    boolean sameAccount = s.recorded().account().filter(desired.account()::isKnownAs).isPresent();
    if (known.isPresent() && !sameAccount && !s.beginsAnew()) {
      return Action.finish(OwnershipOutcomes.accountChanged(known.get(), s));
    }
    boolean confirmed = desired.replaces(id) || (s.inOtherAccount() && s.beginsAnew());
    if (isAdopted(s, id) && !confirmed) {
      return Action.finish(Outcomes.adoptionTargetMissing(id, desired));
    }
    Optional<Long> next = adoptable(s).filter(other -> other != id);
    boolean held = s.recreationHeld() || s.recorded().recreationHeld();
    if (held && !confirmed && next.isEmpty()) {
      return Action.finish(Outcomes.recreationHeld(id, desired));
    }
    Optional<Instant> tooSoon = s.recreationDelayedUntil();
    if (tooSoon.isPresent() && !confirmed && next.isEmpty()) {
      return Action.finish(Outcomes.recreationDelayed(id, tooSoon.get(), desired));
    }
    if (known.isPresent() && !s.seen().verifiedGone().equals(known)) {
      return new Action.VerifyGone(known.get());
    }
    return next.<Action>map(Action.ReadById::new)
        .orElseGet(() -> new Action.RecordIntent(new Intent(1, s.now()), true));
  }

  /** A resource that names an instance wants no other one, unless a person says so. */
  private static boolean isAdopted(PlannerInput s, long id) {
    Optional<Long> named = s.desired().adoptInstanceId();
    return named.equals(Optional.of(id))
        || (named.isPresent()
            && s.recorded().adoption().filter(a -> a.instanceId() == id).isPresent());
  }

  /** The instance to take over, as long as that has neither been done nor been given up. */
  private static Optional<Long> adoptable(PlannerInput s) {
    Optional<Long> begun = s.recorded().openAdoption().map(Adoption.Open::instanceId);
    boolean wanted =
        s.desired().policy() == ManagementPolicy.OBSERVE || s.recorded().adoption().isEmpty();
    return begun.or(() -> s.desired().adoptInstanceId().filter(_ -> wanted));
  }

  private static Action unknown(PlannerInput s) {
    if (s.desired().policy() == ManagementPolicy.OBSERVE) {
      return searchThen(s, () -> Action.finish(Outcomes.nothingToObserve(s.desired())));
    }
    if (s.seen().intentRecorded()) {
      Intent intent = s.recorded().intent().orElseThrow();
      if (intent.startedAt().isAfter(s.now())) {
        // The clock stepped back within the reconcile: the time to send would be too long.
        return new Action.RecordIntent(new Intent(intent.attempt(), s.now()), true);
      }
      return searchThen(s, () -> new Action.Create(s.window().toSend(intent)));
    }
    Optional<Intent> open = s.recorded().intent();
    if (open.isPresent()) {
      return openIntent(s, open.get());
    }
    Action recordIntent = new Action.RecordIntent(new Intent(1, s.now()), true);
    // While the service fails, the search is the probe, so a failing retry writes no status.
    return failedLastTime(s) ? searchThen(s, () -> recordIntent) : recordIntent;
  }

  private static Action openIntent(PlannerInput s, Intent open) {
    if (s.beginsInFuture(open)) {
      // The clock stepped back: count the window anew rather than wait for the old date.
      return new Action.RecordIntent(new Intent(open.attempt(), s.now()), false);
    }
    return searchThen(s, () -> stillNothing(s, open));
  }

  /**
   * An empty search counts after the window, and in the account of the attempt. Another account may
   * be the same one under a secret that was reset (contract §11), which only our tag shows.
   */
  private static Action stillNothing(PlannerInput s, Intent open) {
    boolean elsewhere = s.inOtherAccount() && !s.beginsAnew();
    if (s.windowOpen(open)) {
      return Action.finish(
          elsewhere
              ? OwnershipOutcomes.attemptAwaitedInOtherAccount(open, s)
              : Outcomes.awaitingOutcome(open, s.window()));
    }
    if (elsewhere) {
      return Action.finish(OwnershipOutcomes.attemptInOtherAccount(open, s));
    }
    return adoptable(s)
        .filter(id -> !s.desired().replaces(id))
        .<Action>map(Action.ReadById::new)
        .orElseGet(() -> new Action.RecordIntent(new Intent(nextAttempt(s, open), s.now()), true));
  }

  /** After a person's word there is no earlier attempt that a search could overlook. */
  private static int nextAttempt(PlannerInput s, Intent open) {
    return s.beginsAnew() ? 1 : open.attempt() + 1;
  }

  private static boolean failedLastTime(PlannerInput s) {
    return s.recorded()
        .lastReason()
        .filter(reason -> !reason.isOfCluster())
        .filter(reason -> reason.kind().failed())
        .isPresent();
  }

  private static Action searchThen(PlannerInput s, Supplier<Action> whenEmpty) {
    return switch (s.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Inconclusive _ ->
          mayHaveMade(s)
              .filter(_ -> !s.beginsAnew())
              .map(attempt -> Outcomes.inconclusiveSearch(attempt, s.desired()))
              .<Action>map(Action::finish)
              .orElseGet(whenEmpty);
      case Search.Result(List<ListedInstance> matches) ->
          matches.isEmpty()
              ? whenEmpty.get()
              // A list item is a summary: the rest comes by id (contract §3, §11).
              : new Action.ReadById(matches.getFirst().id());
    };
  }

  /**
   * An empty search need not be proven where there is nothing that it could overlook.
   *
   * @return the attempt that it could overlook, as a confirmation names it
   */
  private static Optional<String> mayHaveMade(PlannerInput s) {
    return s.recorded()
        .intent()
        .filter(open -> !s.seen().intentRecorded() || open.attempt() > 1)
        .flatMap(_ -> s.toBeginAnew());
  }

  private static Action found(PlannerInput s, RemoteInstance instance) {
    DesiredInstance desired = s.desired();
    Optional<String> otherElement =
        instance.elementKey().filter(key -> !key.equals(desired.element().key()));
    if (otherElement.isPresent()) {
      Outcome wrong = OwnershipOutcomes.wrongElement(instance.id(), otherElement.get(), desired);
      return AdoptionPlanner.elsewhere(s, instance).orElseGet(() -> Action.finish(wrong));
    }
    return switch (Ownership.of(instance.id(), s.seen(), desired.ownershipTag())) {
      case Ownership.Ours _ -> ours(s, instance);
      case Ownership.Anothers(String tag, _) ->
          AdoptionPlanner.plan(
              s, instance, OwnershipOutcomes.ownedByAnother(instance.id(), tag, s));
      case Ownership.Unmarked _, Ownership.Unknown _ ->
          mayUse(s, instance)
              ? ours(s, instance)
              : AdoptionPlanner.plan(s, instance, OwnershipOutcomes.ownershipNotShown(instance, s));
    };
  }

  private static Action ours(PlannerInput s, RemoteInstance instance) {
    return s.desired().policy() == ManagementPolicy.OBSERVE
        ? Action.finish(Outcomes.availability(instance, s.desired()))
        : ChangePlanner.next(s, instance)
            .map(change -> ChangePlanner.afterEarlier(s, change, instance))
            .orElseGet(() -> inSync(s, instance));
  }

  /**
   * Whether the instance that was read may be recorded, and its token delivered: its ownership is
   * shown; or it is only observed, and its tags, or a person, say that no other resource owns it.
   */
  public static boolean mayUse(PlannerInput s, RemoteInstance instance) {
    boolean observed =
        s.desired().policy() == ManagementPolicy.OBSERVE && s.desired().takesUnmarked();
    Ownership whose = Ownership.of(instance.id(), s.seen(), s.desired().ownershipTag());
    return switch (whose) {
      case Ownership.Ours _ -> true;
      case Ownership.Anothers _ -> false;
      case Ownership.Unmarked _ -> observed;
      case Ownership.Unknown _ -> observed && s.desired().takesOver(instance.id(), whose);
    };
  }

  /**
   * A duplicate is found at the drift check; a reconcile that changed something leaves it to the
   * next.
   */
  private static Action inSync(PlannerInput s, RemoteInstance instance) {
    boolean searched = !(s.seen().byTag() instanceof Search.NotAsked);
    if (!searched && s.seen().done().isEmpty()) {
      return new Action.SearchByTag();
    }
    Outcome availability = Outcomes.availability(instance, s.desired());
    boolean ready = availability.reason().kind() == Reason.Kind.READY;
    return Action.finish(
        s.desired()
            .adoptInstanceId()
            .filter(id -> ready && id != instance.id() && s.recorded().adoption().isEmpty())
            .map(id -> OwnershipOutcomes.adoptionRefused(instance.id(), id))
            .orElse(availability));
  }

  /** Ids of further instances that carry the ownership tag, as far as this reconcile searched. */
  public static Optional<SortedSet<Long>> duplicates(Observation seen, long id) {
    return switch (seen.byTag()) {
      case Search.NotAsked _, Search.Inconclusive _ -> Optional.empty();
      case Search.Result(List<ListedInstance> matches) ->
          Optional.of(
              new TreeSet<>(
                  matches.stream().map(ListedInstance::id).filter(m -> m != id).toList()));
    };
  }
}
