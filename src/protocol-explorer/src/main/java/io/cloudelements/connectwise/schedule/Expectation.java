package io.cloudelements.connectwise.schedule;

import java.util.Optional;

/**
 * What a scenario leads to, whatever disturbs it.
 *
 * @param fewest instances under the ownership tag in the end
 * @param most instances under the ownership tag in the end, and at any instant
 * @param ready what {@code Ready} is; empty: either, as long as it is true to the facts
 * @param fewestPosts creations that take effect
 * @param mostPosts creations that take effect
 * @param orphanExcused nobody could know of an instance that is left behind
 * @param whenStatusLost what it leads to instead when the status was lost on the way; empty: the
 *     same
 */
record Expectation(
    int fewest,
    int most,
    Optional<Boolean> ready,
    int fewestPosts,
    int mostPosts,
    boolean orphanExcused,
    Optional<Expectation> whenStatusLost) {

  Expectation(
      int fewest,
      int most,
      Optional<Boolean> ready,
      int fewestPosts,
      int mostPosts,
      boolean orphanExcused) {
    this(fewest, most, ready, fewestPosts, mostPosts, orphanExcused, Optional.empty());
  }

  static Expectation ready(int posts) {
    return new Expectation(1, 1, Optional.of(true), posts, posts, false);
  }

  static Expectation notReady(int instances, int posts) {
    return new Expectation(instances, instances, Optional.of(false), posts, posts, false);
  }

  /** A hand-made instance is in use, and nothing carries the tag. */
  static Expectation observed() {
    return new Expectation(0, 0, Optional.of(true), 0, 0, false);
  }

  static Expectation gone(int fewestPosts, int mostPosts) {
    return new Expectation(0, 0, Optional.empty(), fewestPosts, mostPosts, false);
  }

  static Expectation retained(int posts) {
    return new Expectation(1, 1, Optional.empty(), posts, posts, false);
  }

  static Expectation either(int fewestPosts, int mostPosts) {
    return new Expectation(0, 1, Optional.empty(), fewestPosts, mostPosts, false);
  }

  /** Whatever comes of it when all knowledge is lost together with what it was about. */
  private static Expectation undetermined(int mostInstances, int mostPosts) {
    return new Expectation(0, mostInstances, Optional.empty(), 0, mostPosts, true);
  }

  Expectation withPosts(int fewest, int most) {
    return new Expectation(this.fewest, this.most, ready, fewest, most, orphanExcused);
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
