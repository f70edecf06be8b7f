package io.cloudelements.connectwise.instance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a reconcile does next. Reads and records go on; at most one mutation is made; an outcome
 * ends it.
 */
public sealed interface Action {

  /** A remote call that changes nothing. */
  sealed interface Read extends Action {}

  record ReadById(long id) implements Read {}

  record SearchByTag() implements Read {}

  /**
   * Asks once more by a change that changes nothing: reads may lag behind a creation, and only a
   * write is sure to be answered from the present. It says nothing but the id, so that it leaves
   * any instance as it is.
   */
  record VerifyGone(long id) implements Action {}

  /** A guarded status write that must be durable before the reconcile goes on. */
  sealed interface Record extends Action {}

  /**
   * Records an intent.
   *
   * @param fresh whether this reconcile may create under it; otherwise it only marks that one may
   *     have been made
   */
  record RecordIntent(Intent intent, boolean fresh) implements Record {}

  /** Records an adoption that this reconcile is about to make. */
  record BeginAdoption(Adoption.Open adoption) implements Record {}

  /**
   * The next call may change the configuration, so what is recorded of it is not certain any more.
   */
  record ForgetConfiguration() implements Record {}

  /**
   * Makes the resource the owner of a token Secret that has none, as after a restore, before an
   * instance is made or used whose token it could not take. It ends the reconcile: the next one
   * begins with the Secret as it is then.
   */
  record TakeUpSecret(String name) implements Action {}

  /** A remote call that changes something. */
  sealed interface Mutation extends Action {
    /** Whether it sends the configuration, whose secrets no answer shows again. */
    default boolean configures() {
      return switch (this) {
        case Create _, Replace _ -> true;
        case Adopt(Mutation change) -> change.configures();
        case Patch _, SetEnabled _, Release _, Delete _ -> false;
      };
    }

    /**
     * The calls that make it, in their order.
     *
     * @param definition of the desired instance
     */
    default List<InstanceCall.Request<?>> calls(InstanceDefinition definition) {
      return switch (this) {
        case Create(var window) -> List.of(new InstanceCall.Create(definition, window));
        case Replace(long id) -> List.of(new InstanceCall.Replace(id, definition));
        case Patch(long id, var name, var tags) -> List.of(new InstanceCall.Patch(id, name, tags));
        case SetEnabled(long id, boolean enabled) ->
            List.of(new InstanceCall.SetEnabled(id, enabled));
        case Adopt(Mutation change) -> change.calls(definition);
        case Release(long id, var tags) ->
            List.of(new InstanceCall.Patch(id, Optional.empty(), Optional.of(tags)));
        case Delete(var ids) ->
            ids.stream().<InstanceCall.Request<?>>map(InstanceCall.Delete::new).toList();
      };
    }
  }

  record Create(SendWindow window) implements Mutation {}

  /** Brings an instance that is there in line. */
  sealed interface Correction extends Mutation {}

  record Patch(long id, Optional<String> name, Optional<Set<String>> tags) implements Correction {}

  record Replace(long id) implements Correction {}

  record SetEnabled(long id, boolean enabled) implements Correction {}

  /**
   * The one change that may be made to an instance before it carries this resource's tag: it puts
   * that tag on it.
   *
   * @param change a {@link Patch} or a {@link Replace}, with the tags
   */
  record Adopt(Correction change) implements Mutation {}

  /** Gives an instance back whose adoption was not complete: only its tags are changed. */
  record Release(long id, Set<String> tags) implements Mutation {}

  /** Instances that have shown this resource's ownership tag. */
  record Delete(SortedSet<Long> ids) implements Mutation {}

  record Finish(Outcome outcome) implements Action {}

  static Action finish(Outcome outcome) {
    return new Finish(outcome);
  }
}
