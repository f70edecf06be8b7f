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
  private static boolean nothingMadeBefore(PlannerInput in) {
    return named(in).isEmpty() && in.recorded().intent().isEmpty();
  }

  private static Action searched(PlannerInput in) {
    Optional<Long> unlisted = named(in).filter(id -> !isListed(in, id));
    return switch (in.seen().byId()) {
      case Lookup.NotAsked _ ->
          unlisted.<Action>map(Action.ReadById::new).orElseGet(() -> remove(in));
      case Lookup.Missing(long id) ->
          needsVerification(in, id) ? new Action.VerifyGone(id) : remove(in);
      case Lookup.Found _ -> remove(in);
    };
  }

  /** A search may lag: what is recorded, or about to be adopted, is asked for by its id too. */
  private static Optional<Long> named(PlannerInput in) {
    return in.recorded()
        .instanceId()
        .or(() -> in.recorded().openAdoption().map(Adoption.Open::instanceId));
  }

  private static boolean isListed(PlannerInput in, long id) {
    return in.seen().matches().stream().anyMatch(match -> match.id() == id);
  }

  /** Reads may lag behind a creation; what a write is answered does not. */
  private static boolean needsVerification(PlannerInput in, long id) {
    return in.recorded().instanceId().equals(Optional.of(id))
        && !in.inOtherAccount()
        && !in.seen().verifiedGone().equals(Optional.of(id));
  }

  private static Action remove(PlannerInput in) {
    SortedSet<Long> toDelete = new TreeSet<>();
    SortedSet<Long> toRelease = new TreeSet<>();
    shown(in).forEach(id -> (isReleased(in, id) ? toRelease : toDelete).add(id));
    if (in.seen().done().isPresent()) {
      boolean more = in.seen().done().get() instanceof Action.Delete && !toRelease.isEmpty();
      return more || toRelease.size() > 1 ? Action.finish(Outcomes.moreToRemove()) : leftOver(in);
    }
    if (!toDelete.isEmpty()) {
      return new Action.Delete(toDelete);
    }
    return toRelease.isEmpty() ? leftOver(in) : release(in, toRelease.first());
  }

  /** By which a person confirms it: the recorded instance, where it is one of these. */
  private static long confirmedBy(Action.Delete deletion, PlannerInput in) {
    return in.recorded()
        .instanceId()
        .filter(deletion.ids()::contains)
        .orElseGet(deletion.ids()::first);
  }

  /** Whether a person confirmed this deletion, with the instance's id. */
  public static boolean isConfirmed(Action.Delete deletion, PlannerInput in) {
    return in.desired().deletes(confirmedBy(deletion, in));
  }

  /**
   * What a deletion comes to that is one of too many at once.
   *
   * @param account the account object, whose owner can confirm all of them
   */
  public static Action held(Action.Delete deletion, PlannerInput in, Optional<ResourceId> account) {
    return Action.finish(
        Outcomes.deletionHeld(deletion.ids(), confirmedBy(deletion, in), account, in.desired()));
  }

  /** The instances that have shown this resource's tag, and no other resource's. */
  private static Stream<Long> shown(PlannerInput in) {
    Stream<Long> read =
        in.seen().byId() instanceof Lookup.Found(RemoteInstance instance)
            ? Stream.of(instance.id())
            : Stream.empty();
    return Stream.concat(in.seen().matches().stream().map(ListedInstance::id), read)
        .filter(id -> whose(in, id) instanceof Ownership.Ours);
  }

  private static Ownership whose(PlannerInput in, long id) {
    return Ownership.of(id, in.seen(), in.desired().ownershipTag());
  }

  /** An adoption is complete with the first {@code Ready}; until then the instance stays. */
  private static boolean isReleased(PlannerInput in, long id) {
    return in.recorded()
        .adoption()
        .map(adoption -> adoption instanceof Adoption.Open)
        .orElse(in.desired().adoptInstanceId().equals(Optional.of(id)));
  }

  /** The tags as they were found; where that is not known, without the operator's. */
  private static Action release(PlannerInput in, long id) {
    Optional<Action> wait = in.recorded().openAdoption().flatMap(open -> untilSettled(in, open));
    return wait.orElseGet(() -> {
      Set<String> shown = Ownership.shownTags(id, in.seen()).orElse(Set.of());
      Set<String> found =
          in.recorded()
              .openAdoption()
              .flatMap(Adoption.Open::foundTags)
              .orElseGet(() -> in.desired().ownershipTag().without(shown));
      return new Action.Release(id, found);
    });
  }

  /** The change that marks the instance may still take effect, and would mark it again. */
  private static Optional<Action> untilSettled(PlannerInput in, Adoption.Open open) {
    if (in.beginsInFuture(open.asIntent())) {
      return Optional.of(
          new Action.BeginAdoption(
              new Adoption.Open(open.instanceId(), in.now(), open.foundTags())));
    }
    return in.windowOpen(open.asIntent())
        ? Optional.of(Action.finish(Outcomes.deletionAwaitsAdoption(open, in.window())))
        : Optional.empty();
  }

  /** A recorded instance that is not shown to be ours or gone blocks the deletion. */
  private static Action leftOver(PlannerInput in) {
    Optional<Long> known = in.recorded().instanceId();
    return switch (in.seen().byId()) {
      case Lookup.NotAsked _ -> finish(in);
      case Lookup.Missing(long id) ->
          known.equals(Optional.of(id)) && in.inOtherAccount()
              ? Action.finish(OwnershipOutcomes.deletionBlockedByAccount(id, in.desired()))
              : finish(in);
      case Lookup.Found(RemoteInstance instance) ->
          switch (whose(in, instance.id())) {
            case Ownership.Ours _, Ownership.Anothers _ -> finish(in);
            case Ownership.Unmarked _, Ownership.Unknown _ ->
                known.equals(Optional.of(instance.id()))
                    ? Action.finish(
                        OwnershipOutcomes.deletionBlockedByOwnership(instance.id(), in.desired()))
                    : finish(in);
          };
    };
  }

  /** Nothing is left to remove, unless a call may still bring something. */
  private static Action finish(PlannerInput in) {
    if (in.seen().done().isPresent()) {
      return Action.finish(Outcomes.deleted());
    }
    return in.recorded()
        .openAdoption()
        .flatMap(begun -> openAdoption(in, begun))
        .or(() -> in.recorded().intent().flatMap(posted -> openCreation(in, posted)))
        .orElseGet(() -> Action.finish(Outcomes.deleted()));
  }

  /** The instance is there already, so an account that does not show it is another one. */
  private static Optional<Action> openAdoption(PlannerInput in, Adoption.Open begun) {
    boolean shown =
        in.seen().byId() instanceof Lookup.Found(RemoteInstance found)
            && found.id() == begun.instanceId();
    return Optional.of(begun.asIntent())
        .filter(_ -> !shown)
        .flatMap(intent -> blockedByAccount(in, intent))
        .or(() -> untilSettled(in, begun));
  }

  /** A late instance may still show: the account may be the same one under another secret. */
  private static Optional<Action> openCreation(PlannerInput in, Intent posted) {
    return untilSettled(in, posted).or(() -> blockedByAccount(in, posted));
  }

  /** In another account an empty search proves nothing, however long one waits. */
  private static Optional<Action> blockedByAccount(PlannerInput in, Intent begun) {
    return Optional.of(begun)
        .filter(_ -> in.inOtherAccount())
        .map(intent -> OwnershipOutcomes.deletionBlockedByAccount(intent, in.desired()))
        .map(Action::finish);
  }

  private static Optional<Action> untilSettled(PlannerInput in, Intent posted) {
    if (in.beginsInFuture(posted)) {
      return Optional.of(new Action.RecordIntent(new Intent(posted.attempt(), in.now()), false));
    }
    return in.windowOpen(posted)
        ? Optional.of(Action.finish(Outcomes.deletionAwaitsOutcome(posted, in.window())))
        : Optional.empty();
  }
}
