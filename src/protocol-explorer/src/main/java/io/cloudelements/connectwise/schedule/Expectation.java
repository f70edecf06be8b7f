package io.cloudelements.connectwise.schedule;

import java.util.Optional;

/**
 * The outcome of a scenario under every disturbance.
 *
 * @param fewest instances under the ownership tag in the end
 * @param most instances under the ownership tag in the end, and at any instant
 * @param ready when {@code Ready} is true
 * @param fewestPosts creations that take effect
 * @param mostPosts creations that take effect
 * @param orphanExcused an instance may be left behind that no record names
 * @param whenStatusLost what it leads to instead when the status was lost on the way; empty: the
 *     same
 */
record Expectation(
    int fewest,
    int most,
    ReadyWhen ready,
    int fewestPosts,
    int mostPosts,
    boolean orphanExcused,
    Optional<Expectation> whenStatusLost) {

  /** When {@code Ready} is true in the end. */
  enum ReadyWhen {
    ALWAYS,
    NEVER,
    /** Whenever there is an instance under the ownership tag. */
    MADE,
    /** As long as it is true to the facts. */
    EITHER;

    boolean allows(boolean ready, boolean made) {
      return switch (this) {
        case ALWAYS -> ready;
        case NEVER -> !ready;
        case MADE -> ready == made;
        case EITHER -> true;
      };
    }
  }

  Expectation(
      int fewest,
      int most,
      ReadyWhen ready,
      int fewestPosts,
      int mostPosts,
      boolean orphanExcused) {
    this(fewest, most, ready, fewestPosts, mostPosts, orphanExcused, Optional.empty());
  }

  static Expectation ready(int posts) {
    return new Expectation(1, 1, ReadyWhen.ALWAYS, posts, posts, false);
  }

  static Expectation notReady(int instances, int posts) {
    return new Expectation(instances, instances, ReadyWhen.NEVER, posts, posts, false);
  }

  /** A hand-made instance is in use, and nothing carries the tag. */
  static Expectation observed() {
    return new Expectation(0, 0, ReadyWhen.ALWAYS, 0, 0, false);
  }

  static Expectation gone(int fewestPosts, int mostPosts) {
    return new Expectation(0, 0, ReadyWhen.EITHER, fewestPosts, mostPosts, false);
  }

  static Expectation retained(int posts) {
    return new Expectation(1, 1, ReadyWhen.EITHER, posts, posts, false);
  }

  static Expectation either(int fewestPosts, int mostPosts) {
    return new Expectation(0, 1, ReadyWhen.EITHER, fewestPosts, mostPosts, false);
  }

  /** At most one instance, which is found and used without a person. */
  static Expectation readyIfMade(int fewestPosts, int mostPosts) {
    return new Expectation(0, 1, ReadyWhen.MADE, fewestPosts, mostPosts, false);
  }

  /** Any outcome, for a scenario that loses the status together with the instance. */
  private static Expectation undetermined(int mostInstances, int mostPosts) {
    return new Expectation(0, mostInstances, ReadyWhen.EITHER, 0, mostPosts, true);
  }

  Expectation withPosts(int fewest, int most) {
    return new Expectation(this.fewest, this.most, ready, fewest, most, orphanExcused);
  }

  /** A person lets one more be made than are needed. */
  Expectation withMost(int instances, int posts) {
    return new Expectation(fewest, instances, ready, fewestPosts, posts, orphanExcused);
  }

  Expectation orUnknowable(int mostInstances, int mostPosts) {
    return new Expectation(
        fewest,
        most,
        ready,
        fewestPosts,
        this.mostPosts,
        orphanExcused,
        Optional.of(undetermined(mostInstances, mostPosts)));
  }
}
