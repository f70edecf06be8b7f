package io.cloudelements.connectwise.instance;

import java.util.Optional;

/**
 * How a page of an account's instances is asked for (contract §3).
 *
 * @param size items of a page
 * @param hydrated whether items may carry their configuration, which a listing has no use for
 * @param token of the page before; empty for the first
 */
public record PageRequest(int size, boolean hydrated, Optional<String> token) {

  /** As many as the service gives, each as small as it may be. */
  public static final PageRequest LARGEST = new PageRequest(200, false, Optional.empty());

  /** The page after the one that gave this token. */
  public PageRequest after(String previous) {
    return new PageRequest(size, hydrated, Optional.of(previous));
  }

  /** The first page of a listing in pages half as large; empty where an item is a page. */
  public Optional<PageRequest> smaller() {
    return size == 1
        ? Optional.empty()
        : Optional.of(new PageRequest(size / 2, hydrated, Optional.empty()));
  }

  /** The first page of a listing that leaves open what items carry. */
  public PageRequest inFull() {
    return new PageRequest(size, true, Optional.empty());
  }
}
