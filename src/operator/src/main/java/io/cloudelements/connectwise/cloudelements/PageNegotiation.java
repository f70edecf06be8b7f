package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the pages in which the service gives a whole list. Begins anew in smaller ones when a page
 * is too large, and without {@code hydrate=false} where that is refused or leaves out the tags:
 * which of it the service does is unknown (contract §3).
 */
final class PageNegotiation {
  private PageNegotiation() {}

  /** The outcome of reading a list in pages of one kind. */
  sealed interface Attempt<T> {
    /** The whole list. */
    record WholeList<T>(T list) implements Attempt<T> {}

    /** A page was larger than an answer may be. */
    record OversizedPage<T>() implements Attempt<T> {}

    /** {@code hydrate=false} left out the tags; pages in full never end so. */
    record TaglessItems<T>() implements Attempt<T> {}
  }

  /**
   * @param first how to ask for the first page
   * @param attempt reads the whole list; throws when a page failed
   * @throws InstancesApiException a page failed, or one instance alone is too large
   */
  static <T> T list(PageRequest first, Function<PageRequest, Attempt<T>> attempt) {
    PageRequest pages = first;
    while (true) {
      try {
        switch (attempt.apply(pages)) {
          case Attempt.WholeList<T>(T list) -> {
            return list;
          }
          case Attempt.OversizedPage<T> _ ->
              pages = pages.smaller().orElseThrow(PageNegotiation::oneIsTooLarge);
          case Attempt.TaglessItems<T> _ -> pages = pages.inFull();
        }
      } catch (InstancesApiException e) {
        if (pages.hydrated() || e.failure().answer().status() != 400) {
          throw e;
        }
        pages = pages.inFull();
      }
    }
  }

  private static InstancesApiException oneIsTooLarge() {
    return unexpected("an instance that is larger in a list than an answer may be, 1 MiB");
  }

  /** A list that is not what the contract promises. */
  static InstancesApiException unexpected(String what) {
    return new InstancesApiException(
        new UnexpectedAnswer(
            new ErrorAnswer(200, Optional.empty(), Optional.empty(), Optional.empty()),
            what,
            Effect.NONE));
  }
}
