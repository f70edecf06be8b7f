package io.cloudelements.connectwise.instance;

import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Observation.Search;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Decides what a pass does next for a resource that is being deleted and carries the finalizer, so
 * that a {@code POST} may have been made for it. Everything that carries its ownership tag is
 * removed, and nothing else.
 */
public final class DeletionPlanner {
  private DeletionPlanner() {}

  public static Action plan(Situation situation) {
    if (situation.seen().done().isPresent()) {
      return finish(situation);
    }
    return switch (situation.seen().byTag()) {
      case Search.NotAsked _ -> new Action.SearchByTag();
      case Search.Unproven _ ->
          situation.recorded().instanceId().isEmpty() && situation.recorded().intent().isEmpty()
              ? searched(situation, List.of())
              : Action.settle(Verdicts.deletionBlockedBySearch(situation.desired()));
      case Search.Result(List<ListedInstance> matches) -> searched(situation, matches);
    };
  }

  private static Action searched(Situation s, List<ListedInstance> matches) {
    SortedSet<Long> ours = new TreeSet<>();
    matches.stream()
        .filter(match -> isOurs(s, match.tags()))
        .map(ListedInstance::id)
        .forEach(ours::add);
    Optional<Long> unlisted =
        s.recorded()
            .instanceId()
            .filter(id -> matches.stream().noneMatch(match -> match.id() == id));
    if (unlisted.isEmpty()) {
      return remove(s, ours);
    }
    return switch (s.seen().byId()) {
      case Lookup.NotAsked _ -> new Action.ReadById(unlisted.get());
      case Lookup.Found(RemoteInstance instance) -> {
        if (isOurs(s, instance.tags())) {
          ours.add(instance.id());
        }
        yield remove(s, ours);
      }
      case Lookup.Missing(long id, var _) -> {
        if (s.recorded().account().filter(s.desired().account()::isKnownAs).isPresent()) {
          // Reads may lag behind a creation; the answer to the DELETE does not.
          ours.add(id);
        }
        yield ours.isEmpty()
            ? Action.settle(Verdicts.deletionBlockedByAccount(id, s.desired()))
            : remove(s, ours);
      }
    };
  }

  private static boolean isOurs(Situation s, Optional<Set<String>> shown) {
    return shown.flatMap(tags -> s.desired().ownershipTag().foreignAmong(tags)).isEmpty();
  }

  private static Action remove(Situation s, SortedSet<Long> ours) {
    return ours.isEmpty() ? finish(s) : new Action.Delete(ours);
  }

  /** Nothing is left to remove, unless a {@code POST} may still bring something. */
  private static Action finish(Situation s) {
    Optional<Intent> open = s.recorded().intent();
    if (open.isPresent() && s.inOtherAccount()) {
      return Action.settle(Verdicts.deletionBlockedByAccount(open.get(), s.desired()));
    }
    if (open.isEmpty() || s.seen().done().isPresent()) {
      return Action.settle(Verdicts.deleted());
    }
    if (s.beginsInFuture(open.get())) {
      return new Action.Intend(new Intent(open.get().attempt(), s.now()), false);
    }
    return s.windowOpen(open.get())
        ? Action.settle(Verdicts.deletionAwaitsOutcome(open.get(), s.window()))
        : Action.settle(Verdicts.deleted());
  }
}
