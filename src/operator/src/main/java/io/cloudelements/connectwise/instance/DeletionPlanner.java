package io.cloudelements.connectwise.instance;

import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Observation.Search;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides what a reconcile does next for a resource that is being deleted and carries the
 * finalizer, so that a {@code POST} may have been made for it. Everything that shows its ownership
 * tag is removed, or released where it was to be adopted; nothing else is changed.
 */
public final class DeletionPlanner {
  private DeletionPlanner() {}

  public static Action plan(PlannerInput plannerInput) {
    return switch (plannerInput.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Inconclusive _ ->
          nothingMadeBefore(plannerInput)
              ? searched(plannerInput)
              : Action.finish(Outcomes.deletionBlockedBySearch(plannerInput.desired()));
      case Search.Result _ -> searched(plannerInput);
    };
  }

  /** An empty search need not be proven where there is nothing that it could overlook. */
  private static boolean nothingMadeBefore(PlannerInput s) {
    return named(s).isEmpty() && s.recorded().intent().isEmpty();
  }

  private static Action searched(PlannerInput s) {
    Optional<Long> unlisted = named(s).filter(id -> !isListed(s, id));
    return switch (s.seen().byId()) {
      case Lookup.NotAsked _ ->
          unlisted.<Action>map(Action.ReadById::new).orElseGet(() -> remove(s));
      case Lookup.Missing(long id) ->
          needsVerification(s, id) ? new Action.VerifyGone(id) : remove(s);
      case Lookup.Found _ -> remove(s);
    };
  }

  /** A search may lag: what is recorded, or about to be adopted, is asked for by its id too. */
  private static Optional<Long> named(PlannerInput s) {
    return s.recorded()
        .instanceId()
        .or(() -> s.recorded().openAdoption().map(Adoption.Open::instanceId));
  }

  private static boolean isListed(PlannerInput s, long id) {
    return s.seen().matches().stream().anyMatch(match -> match.id() == id);
  }

  /** Reads may lag behind a creation; what a write is answered does not. */
  private static boolean needsVerification(PlannerInput s, long id) {
    return s.recorded().instanceId().equals(Optional.of(id))
        && !s.inOtherAccount()
        && !s.seen().verifiedGone().equals(Optional.of(id));
  }

  private static Action remove(PlannerInput s) {
    SortedSet<Long> toDelete = new TreeSet<>();
    SortedSet<Long> toRelease = new TreeSet<>();
    shown(s).forEach(id -> (isReleased(s, id) ? toRelease : toDelete).add(id));
    if (s.seen().done().isPresent()) {
      boolean more = s.seen().done().get() instanceof Action.Delete && !toRelease.isEmpty();
      return more || toRelease.size() > 1 ? Action.finish(Outcomes.moreToRemove()) : leftOver(s);
    }
    if (!toDelete.isEmpty()) {
      return new Action.Delete(toDelete);
    }
    return toRelease.isEmpty() ? leftOver(s) : release(s, toRelease.first());
  }

  /** By which a person confirms it: the recorded instance, where it is one of these. */
  private static long confirmedBy(Action.Delete deletion, PlannerInput s) {
    return s.recorded()
        .instanceId()
        .filter(deletion.ids()::contains)
        .orElseGet(deletion.ids()::first);
  }

  /** Whether a person confirmed this deletion, with the instance's id. */
  public static boolean isConfirmed(Action.Delete deletion, PlannerInput s) {
    return s.desired().deletes(confirmedBy(deletion, s));
  }

  /**
   * What a deletion comes to that is one of too many at once.
   *
   * @param account the account object, whose owner can confirm all of them
   */
  public static Action held(Action.Delete deletion, PlannerInput s, Optional<ResourceId> account) {
    return Action.finish(
        Outcomes.deletionHeld(deletion.ids(), confirmedBy(deletion, s), account, s.desired()));
  }

  /** The instances that have shown this resource's tag, and no other resource's. */
  private static Stream<Long> shown(PlannerInput s) {
    Stream<Long> read =
        s.seen().byId() instanceof Lookup.Found(RemoteInstance instance)
            ? Stream.of(instance.id())
            : Stream.empty();
    return Stream.concat(s.seen().matches().stream().map(ListedInstance::id), read)
        .filter(id -> whose(s, id) instanceof Ownership.Ours);
  }

  private static Ownership whose(PlannerInput s, long id) {
    return Ownership.of(id, s.seen(), s.desired().ownershipTag());
  }

  /** An adoption is complete with the first {@code Ready}; until then the instance stays. */
  private static boolean isReleased(PlannerInput s, long id) {
    return s.recorded()
        .adoption()
        .map(adoption -> adoption instanceof Adoption.Open)
        .orElse(s.desired().adoptInstanceId().equals(Optional.of(id)));
  }

  /** The tags as they were found; where that is not known, without the operator's. */
  private static Action release(PlannerInput s, long id) {
    Optional<Action> wait = s.recorded().openAdoption().flatMap(open -> untilSettled(s, open));
    return wait.orElseGet(() -> {
      Set<String> shown = Ownership.shownTags(id, s.seen()).orElse(Set.of());
      Set<String> found =
          s.recorded()
              .openAdoption()
              .flatMap(Adoption.Open::foundTags)
              .orElseGet(() -> s.desired().ownershipTag().without(shown));
      return new Action.Release(id, found);
    });
  }

  /** The change that marks the instance may still take effect, and would mark it again. */
  private static Optional<Action> untilSettled(PlannerInput s, Adoption.Open open) {
    if (s.beginsInFuture(open.asIntent())) {
      return Optional.of(
          new Action.BeginAdoption(
              new Adoption.Open(open.instanceId(), s.now(), open.foundTags())));
    }
    return s.windowOpen(open.asIntent())
        ? Optional.of(Action.finish(Outcomes.deletionAwaitsAdoption(open, s.window())))
        : Optional.empty();
  }

  /** A recorded instance that is not shown to be ours or gone blocks the deletion. */
  private static Action leftOver(PlannerInput s) {
    Optional<Long> known = s.recorded().instanceId();
    return switch (s.seen().byId()) {
      case Lookup.NotAsked _ -> finish(s);
      case Lookup.Missing(long id) ->
          known.equals(Optional.of(id)) && s.inOtherAccount()
              ? Action.finish(OwnershipOutcomes.deletionBlockedByAccount(id, s.desired()))
              : finish(s);
      case Lookup.Found(RemoteInstance instance) ->
          switch (whose(s, instance.id())) {
            case Ownership.Ours _, Ownership.Anothers _ -> finish(s);
            case Ownership.Unmarked _, Ownership.Unknown _ ->
                known.equals(Optional.of(instance.id()))
                    ? Action.finish(
                        OwnershipOutcomes.deletionBlockedByOwnership(instance.id(), s.desired()))
                    : finish(s);
          };
    };
  }

  /** Nothing is left to remove, unless a call may still bring something. */
  private static Action finish(PlannerInput s) {
    if (s.seen().done().isPresent()) {
      return Action.finish(Outcomes.deleted());
    }
    return s.recorded()
        .openAdoption()
        .flatMap(begun -> openAdoption(s, begun))
        .or(() -> s.recorded().intent().flatMap(posted -> openCreation(s, posted)))
        .orElseGet(() -> Action.finish(Outcomes.deleted()));
  }

  /** The instance is there already, so an account that does not show it is another one. */
  private static Optional<Action> openAdoption(PlannerInput s, Adoption.Open begun) {
    boolean shown =
        s.seen().byId() instanceof Lookup.Found(RemoteInstance found)
            && found.id() == begun.instanceId();
    return Optional.of(begun.asIntent())
        .filter(_ -> !shown)
        .flatMap(intent -> blockedByAccount(s, intent))
        .or(() -> untilSettled(s, begun));
  }

  /** A late instance may still show: the account may be the same one under another secret. */
  private static Optional<Action> openCreation(PlannerInput s, Intent posted) {
    return untilSettled(s, posted).or(() -> blockedByAccount(s, posted));
  }

  /** In another account an empty search proves nothing, however long one waits. */
  private static Optional<Action> blockedByAccount(PlannerInput s, Intent begun) {
    return Optional.of(begun)
        .filter(_ -> s.inOtherAccount())
        .map(intent -> OwnershipOutcomes.deletionBlockedByAccount(intent, s.desired()))
        .map(Action::finish);
  }

  private static Optional<Action> untilSettled(PlannerInput s, Intent posted) {
    if (s.beginsInFuture(posted)) {
      return Optional.of(new Action.RecordIntent(new Intent(posted.attempt(), s.now()), false));
    }
    return s.windowOpen(posted)
        ? Optional.of(Action.finish(Outcomes.deletionAwaitsOutcome(posted, s.window())))
        : Optional.empty();
  }
}
