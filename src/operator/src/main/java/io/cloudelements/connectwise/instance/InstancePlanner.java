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

  private static Action notAskedYet(PlannerInput in) {
    Optional<Long> known =
        in.recorded()
            .instanceId()
            .or(() -> in.recorded().intent().isPresent() ? Optional.empty() : adoptable(in));
    return known.<Action>map(Action.ReadById::new).orElseGet(() -> unknown(in));
  }

  /** The id that was asked for is answered with the platform's 404; the ownership tag decides. */
  private static Action notThere(PlannerInput in, Lookup.Missing missing) {
    return switch (in.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Inconclusive _ ->
          in.desired().replaces(missing.id()) || in.beginsAnew()
              ? gone(in, missing.id())
              : Action.finish(
                  Outcomes.inconclusiveSearch(
                      in.toBeginAnew().orElse(Long.toString(missing.id())), in.desired()));
      case Search.Result(List<ListedInstance> matches) -> {
        if (!matches.isEmpty()) {
          long next = matches.getFirst().id();
          yield next == missing.id()
              ? Action.finish(Outcomes.contradictory(next))
              : new Action.ReadById(next);
        }
        yield gone(in, missing.id());
      }
    };
  }

  /**
   * Only both answers under the account in which the instance was last seen, and a write that is
   * answered alike, mean that it is gone.
   */
  private static Action gone(PlannerInput in, long id) {
    DesiredInstance desired = in.desired();
    if (desired.policy() == ManagementPolicy.OBSERVE) {
      return Action.finish(Outcomes.nothingToObserve(desired));
    }
    Optional<Long> known = in.recorded().instanceId();
    boolean sameAccount = in.recorded().account().filter(desired.account()::isKnownAs).isPresent();
    if (known.isPresent() && !sameAccount && !in.beginsAnew()) {
      return Action.finish(OwnershipOutcomes.accountChanged(known.get(), in));
    }
    boolean confirmed = desired.replaces(id) || (in.inOtherAccount() && in.beginsAnew());
    if (isAdopted(in, id) && !confirmed) {
      return Action.finish(Outcomes.adoptionTargetMissing(id, desired));
    }
    Optional<Long> next = adoptable(in).filter(other -> other != id);
    boolean held = in.recreationHeld() || in.recorded().recreationHeld();
    if (held && !confirmed && next.isEmpty()) {
      return Action.finish(Outcomes.recreationHeld(id, desired));
    }
    Optional<Instant> tooSoon = in.recreationDelayedUntil();
    if (tooSoon.isPresent() && !confirmed && next.isEmpty()) {
      return Action.finish(Outcomes.recreationDelayed(id, tooSoon.get(), desired));
    }
    if (known.isPresent() && !in.seen().verifiedGone().equals(known)) {
      return new Action.VerifyGone(known.get());
    }
    return next.<Action>map(Action.ReadById::new)
        .orElseGet(() -> new Action.RecordIntent(new Intent(1, in.now()), true));
  }

  /** A resource that names an instance wants no other one, unless a person says so. */
  private static boolean isAdopted(PlannerInput in, long id) {
    Optional<Long> named = in.desired().adoptInstanceId();
    return named.equals(Optional.of(id))
        || (named.isPresent()
            && in.recorded().adoption().filter(a -> a.instanceId() == id).isPresent());
  }

  /** The instance to take over, as long as that has neither been done nor been given up. */
  private static Optional<Long> adoptable(PlannerInput in) {
    Optional<Long> begun = in.recorded().openAdoption().map(Adoption.Open::instanceId);
    boolean wanted =
        in.desired().policy() == ManagementPolicy.OBSERVE || in.recorded().adoption().isEmpty();
    return begun.or(() -> in.desired().adoptInstanceId().filter(_ -> wanted));
  }

  private static Action unknown(PlannerInput in) {
    if (in.desired().policy() == ManagementPolicy.OBSERVE) {
      return searchThen(in, () -> Action.finish(Outcomes.nothingToObserve(in.desired())));
    }
    if (in.seen().intentRecorded()) {
      Intent intent = in.recorded().intent().orElseThrow();
      if (intent.startedAt().isAfter(in.now())) {
        // The clock stepped back within the reconcile: the time to send would be too long.
        return new Action.RecordIntent(new Intent(intent.attempt(), in.now()), true);
      }
      return searchThen(in, () -> new Action.Create(in.window().toSend(intent)));
    }
    Optional<Intent> open = in.recorded().intent();
    if (open.isPresent()) {
      return openIntent(in, open.get());
    }
    Action recordIntent = new Action.RecordIntent(new Intent(1, in.now()), true);
    // While the service fails, the search is the probe, so a failing retry writes no status.
    return failedLastTime(in) ? searchThen(in, () -> recordIntent) : recordIntent;
  }

  private static Action openIntent(PlannerInput in, Intent open) {
    if (in.beginsInFuture(open)) {
      // The clock stepped back: count the window anew rather than wait for the old date.
      return new Action.RecordIntent(new Intent(open.attempt(), in.now()), false);
    }
    return searchThen(in, () -> stillNothing(in, open));
  }

  /**
   * An empty search counts after the window, and in the account of the attempt. Another account may
   * be the same one under a secret that was reset (contract §11), which only our tag shows.
   */
  private static Action stillNothing(PlannerInput in, Intent open) {
    boolean elsewhere = in.inOtherAccount() && !in.beginsAnew();
    if (in.windowOpen(open)) {
      return Action.finish(
          elsewhere
              ? OwnershipOutcomes.attemptAwaitedInOtherAccount(open, in)
              : Outcomes.awaitingOutcome(open, in.window()));
    }
    if (elsewhere) {
      return Action.finish(OwnershipOutcomes.attemptInOtherAccount(open, in));
    }
    return adoptable(in)
        .filter(id -> !in.desired().replaces(id))
        .<Action>map(Action.ReadById::new)
        .orElseGet(
            () -> new Action.RecordIntent(new Intent(nextAttempt(in, open), in.now()), true));
  }

  /** After a person's word there is no earlier attempt that a search could overlook. */
  private static int nextAttempt(PlannerInput in, Intent open) {
    return in.beginsAnew() ? 1 : open.attempt() + 1;
  }

  private static boolean failedLastTime(PlannerInput in) {
    return in.recorded()
        .lastReason()
        .filter(reason -> !reason.isOfCluster())
        .filter(reason -> reason.kind().failed())
        .isPresent();
  }

  private static Action searchThen(PlannerInput in, Supplier<Action> whenEmpty) {
    return switch (in.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Inconclusive _ ->
          mayHaveMade(in)
              .filter(_ -> !in.beginsAnew())
              .map(attempt -> Outcomes.inconclusiveSearch(attempt, in.desired()))
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
  private static Optional<String> mayHaveMade(PlannerInput in) {
    return in.recorded()
        .intent()
        .filter(open -> !in.seen().intentRecorded() || open.attempt() > 1)
        .flatMap(_ -> in.toBeginAnew());
  }

  private static Action found(PlannerInput in, RemoteInstance instance) {
    DesiredInstance desired = in.desired();
    Optional<String> otherElement =
        instance.elementKey().filter(key -> !key.equals(desired.element().key()));
    if (otherElement.isPresent()) {
      Outcome wrong = OwnershipOutcomes.wrongElement(instance.id(), otherElement.get(), desired);
      return AdoptionPlanner.elsewhere(in, instance).orElseGet(() -> Action.finish(wrong));
    }
    return switch (Ownership.of(instance.id(), in.seen(), desired.ownershipTag())) {
      case Ownership.Ours _ -> ours(in, instance);
      case Ownership.Anothers(String tag, _) ->
          AdoptionPlanner.plan(
              in, instance, OwnershipOutcomes.ownedByAnother(instance.id(), tag, in));
      case Ownership.Unmarked _, Ownership.Unknown _ ->
          mayUse(in, instance)
              ? ours(in, instance)
              : AdoptionPlanner.plan(
                  in, instance, OwnershipOutcomes.ownershipNotShown(instance, in));
    };
  }

  private static Action ours(PlannerInput in, RemoteInstance instance) {
    return in.desired().policy() == ManagementPolicy.OBSERVE
        ? Action.finish(Outcomes.availability(instance, in.desired()))
        : ChangePlanner.next(in, instance)
            .map(change -> ChangePlanner.afterEarlier(in, change, instance))
            .orElseGet(() -> inSync(in, instance));
  }

  /**
   * Whether the instance that was read may be recorded, and its token delivered: its ownership is
   * shown; or it is only observed, and its tags, or a person, say that no other resource owns it.
   */
  public static boolean mayUse(PlannerInput in, RemoteInstance instance) {
    boolean observed =
        in.desired().policy() == ManagementPolicy.OBSERVE && in.desired().takesUnmarked();
    Ownership whose = Ownership.of(instance.id(), in.seen(), in.desired().ownershipTag());
    return switch (whose) {
      case Ownership.Ours _ -> true;
      case Ownership.Anothers _ -> false;
      case Ownership.Unmarked _ -> observed;
      case Ownership.Unknown _ -> observed && in.desired().takesOver(instance.id(), whose);
    };
  }

  /**
   * A duplicate is found at the drift check; a reconcile that changed something leaves it to the
   * next.
   */
  private static Action inSync(PlannerInput in, RemoteInstance instance) {
    boolean searched = !(in.seen().byTag() instanceof Search.NotAsked);
    if (!searched && in.seen().done().isEmpty()) {
      return new Action.SearchByTag();
    }
    Outcome availability = Outcomes.availability(instance, in.desired());
    boolean ready = availability.reason().kind() == Reason.Kind.READY;
    return Action.finish(
        in.desired()
            .adoptInstanceId()
            .filter(id -> ready && id != instance.id() && in.recorded().adoption().isEmpty())
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
