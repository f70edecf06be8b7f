package io.cloudelements.connectwise.instance;

import java.util.List;
import java.util.Optional;

/**
 * What this reconcile has seen and done so far.
 *
 * @param intentRecorded an intent of this very reconcile is recorded: an empty search may be
 *     followed by a creation
 * @param done the one mutation of this reconcile
 * @param verifiedGone an id that a write was answered 404 for: no lagging read can have said so
 */
public record Observation(
    Lookup byId,
    Search byTag,
    boolean intentRecorded,
    Optional<Action.Mutation> done,
    Optional<Long> verifiedGone) {

  public static final Observation NONE =
      new Observation(
          new Lookup.NotAsked(), new Search.NotAsked(), false, Optional.empty(), Optional.empty());

  /** The answer to a GET by id. */
  public sealed interface Lookup {
    record NotAsked() implements Lookup {}

    record Found(RemoteInstance instance) implements Lookup {}

    /** The platform's own 404. */
    record Missing(long id) implements Lookup {}
  }

  /** The answer to a search by ownership tag. */
  public sealed interface Search {
    record NotAsked() implements Search {}

    /** An empty answer that may not be the service's own. */
    record Inconclusive() implements Search {}

    /** In the order of their ids; empty is an answer too. */
    record Result(List<ListedInstance> matches) implements Search {
      public Result {
        matches = matches.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
      }
    }
  }

  public Observation found(RemoteInstance instance) {
    return new Observation(new Lookup.Found(instance), byTag, intentRecorded, done, verifiedGone);
  }

  public Observation missing(long id) {
    return new Observation(new Lookup.Missing(id), byTag, intentRecorded, done, verifiedGone);
  }

  public Observation verifiedMissing(long id) {
    return new Observation(new Lookup.Missing(id), byTag, intentRecorded, done, Optional.of(id));
  }

  public Observation searched(TagMatches matches) {
    Search search =
        matches.conclusive() ? new Search.Result(matches.instances()) : new Search.Inconclusive();
    return new Observation(byId, search, intentRecorded, done, verifiedGone);
  }

  /** After an intent the search must be made again: only what is seen after it counts. */
  public Observation withIntent(boolean fresh) {
    return new Observation(
        new Lookup.NotAsked(), new Search.NotAsked(), fresh, done, Optional.empty());
  }

  /** An adoption is recorded, of what was seen before. */
  public Observation adopting() {
    return new Observation(byId, byTag, true, done, verifiedGone);
  }

  /** A search from before an adoption says nothing about its effect. */
  public Observation after(Action.Mutation mutation) {
    Search search = mutation instanceof Action.Adopt ? new Search.NotAsked() : byTag;
    return new Observation(byId, search, intentRecorded, Optional.of(mutation), verifiedGone);
  }

  /** The same, as far as it need be kept. */
  public Observation doneOnly() {
    return new Observation(NONE.byId, NONE.byTag, intentRecorded, done, verifiedGone);
  }

  /** What a search has shown; none also when none was made. */
  List<ListedInstance> matches() {
    return switch (byTag) {
      case Search.NotAsked _, Search.Inconclusive _ -> List.of();
      case Search.Result(List<ListedInstance> matches) -> matches;
    };
  }

  /** The id of an instance that is gone, by id and by tag. */
  public Optional<Long> gone() {
    boolean untagged = byTag instanceof Search.Result && matches().isEmpty();
    return untagged && byId instanceof Lookup.Missing(long id) ? Optional.of(id) : Optional.empty();
  }
}
