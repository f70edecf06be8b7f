package io.cloudelements.connectwise.instance;

import java.util.List;
import java.util.Optional;

/**
 * What this pass has seen and done so far.
 *
 * @param intended an intent of this very pass is recorded: an empty search may be followed by a
 *     creation
 * @param done the one mutation of this pass
 */
public record Observation(
    Lookup byId, Search byTag, boolean intended, Optional<Action.Mutation> done) {

  public static final Observation NONE =
      new Observation(new Lookup.NotAsked(), new Search.NotAsked(), false, Optional.empty());

  /** The answer to a GET by id. */
  public sealed interface Lookup {
    record NotAsked() implements Lookup {}

    record Found(RemoteInstance instance) implements Lookup {}

    /**
     * The platform's own 404.
     *
     * @param proven by a write, which is not answered from an old state
     */
    record Missing(long id, boolean proven) implements Lookup {}
  }

  /** The answer to a search by ownership tag. */
  public sealed interface Search {
    record NotAsked() implements Search {}

    /** An empty answer that may not be the service's own. */
    record Unproven() implements Search {}

    /** In the order of their ids; empty is an answer too. */
    record Result(List<ListedInstance> matches) implements Search {
      public Result {
        matches = matches.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
      }
    }
  }

  public Observation found(RemoteInstance instance) {
    return new Observation(new Lookup.Found(instance), byTag, intended, done);
  }

  public Observation missing(long id) {
    return new Observation(new Lookup.Missing(id, false), byTag, intended, done);
  }

  public Observation provenMissing(long id) {
    return new Observation(new Lookup.Missing(id, true), byTag, intended, done);
  }

  public Observation searched(TagMatches matches) {
    Search search =
        matches.proven() ? new Search.Result(matches.instances()) : new Search.Unproven();
    return new Observation(byId, search, intended, done);
  }

  /** After an intent the search must be made again: only what is seen after it counts. */
  public Observation intending(boolean fresh) {
    return new Observation(new Lookup.NotAsked(), new Search.NotAsked(), fresh, done);
  }

  public Observation after(Action.Mutation mutation) {
    return new Observation(byId, byTag, intended, Optional.of(mutation));
  }

  /** Gone by id and by tag. */
  public boolean gone() {
    return byId instanceof Lookup.Missing
        && byTag instanceof Search.Result(List<ListedInstance> matches)
        && matches.isEmpty();
  }
}
