package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a pass does next. Reads and records go on; at most one mutation is made; a verdict ends it.
 */
public sealed interface Action {

  /** A remote call that changes nothing. */
  sealed interface Read extends Action {}

  record ReadById(long id) implements Read {}

  record SearchByTag() implements Read {}

  /**
   * Asks once more by a change that changes nothing: reads may lag behind a creation, and only a
   * write is sure to be answered from the present.
   */
  record ProveGone(long id) implements Action {}

  /** A guarded status write that must be durable before the pass goes on. */
  sealed interface Record extends Action {}

  /**
   * Records an intent.
   *
   * @param fresh whether this pass may create under it; otherwise it only marks that somebody may
   *     have
   */
  record Intend(Intent intent, boolean fresh) implements Record {}

  /**
   * The next call may change the configuration, so what is recorded of it is not certain any more.
   */
  record ForgetConfiguration() implements Record {}

  /** A remote call that changes something. */
  sealed interface Mutation extends Action {}

  record Create(SendWindow window) implements Mutation {}

  record Patch(long id, Optional<String> name, Optional<Set<String>> tags) implements Mutation {}

  record Replace(long id) implements Mutation {}

  record SetEnabled(long id, boolean enabled) implements Mutation {}

  /** Everything that carries this resource's ownership tag. */
  record Delete(SortedSet<Long> ids) implements Mutation {}

  record Settle(Verdict verdict) implements Action {}

  static Action settle(Verdict verdict) {
    return new Settle(verdict);
  }
}
