package io.cloudelements.connectwise.instance;

import io.cloudelements.connectwise.instance.Observation.Lookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose an instance is, by what the service has shown within this reconcile. An id is no proof:
 * status and spec are written by others too. Only the ownership tag on the instance is.
 */
sealed interface Ownership {

  /** This resource's tag is on it, and no other resource's. */
  record Ours() implements Ownership {}

  /**
   * The ownership tag of another resource is on it.
   *
   * @param tag the first of them
   * @param alone whether it is the only one
   */
  record Anothers(String tag, boolean alone) implements Ownership {}

  /** Its tags were shown, and none of them is an ownership tag. */
  record Unmarked() implements Ownership {}

  /** No answer has shown its tags, which is not the same as none (contract §2). */
  record Unknown() implements Ownership {}

  /**
   * Tags count wherever they were shown: in the answer by id, or in the search by tag. An instance
   * that this reconcile has created, or has changed after it was shown to be ours, stays ours
   * although the answer to the change lacks tags; the answer to an adoption has to show them.
   */
  static Ownership of(long id, Observation seen, OwnershipTag tag) {
    Optional<Set<String>> shown = shownTags(id, seen);
    List<String> foreign = shown.stream().flatMap(tag::allForeignAmong).toList();
    if (!foreign.isEmpty()) {
      return new Anothers(foreign.getFirst(), foreign.size() == 1);
    }
    if (seen.done().filter(Ownership::concernsOurs).isPresent()
        || shown.filter(tags -> tags.contains(tag.value())).isPresent()) {
      return new Ours();
    }
    return shown.isPresent() ? new Unmarked() : new Unknown();
  }

  private static boolean concernsOurs(Action.Mutation done) {
    return switch (done) {
      case Action.Create _, Action.Patch _, Action.Replace _, Action.SetEnabled _ -> true;
      case Action.Adopt _, Action.Release _, Action.Delete _ -> false;
    };
  }

  /** All tags that this reconcile was shown of an instance; empty when it was shown none. */
  static Optional<Set<String>> shownTags(long id, Observation seen) {
    Optional<Set<String>> listed =
        seen.matches().stream()
            .filter(match -> match.id() == id)
            .findFirst()
            .flatMap(ListedInstance::tags);
    Optional<Set<String>> read =
        seen.byId() instanceof Lookup.Found(RemoteInstance instance) && instance.id() == id
            ? instance.tags()
            : Optional.empty();
    if (listed.isEmpty() || read.isEmpty()) {
      return read.or(() -> listed);
    }
    Set<String> both = new TreeSet<>(listed.get());
    both.addAll(read.get());
    return Optional.of(both);
  }
}
