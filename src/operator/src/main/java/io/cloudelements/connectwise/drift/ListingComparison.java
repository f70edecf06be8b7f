package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.ListedInstance;
import java.util.Optional;
import java.util.Set;

/** What a listing says of one resource. It is a reason for a full check, never for a change. */
public sealed interface ListingComparison {

  /** The listing shows the instance as expected, as far as it shows it. */
  record InStep() implements ListingComparison {}

  /**
   * The listing shows something else; only a full check can confirm it.
   *
   * @param shown the item; empty when there is none with the recorded id
   */
  record Differs(Set<Difference> why, Optional<ListedInstance> shown) implements ListingComparison {
    public Differs {
      why = Set.copyOf(why);
    }

    boolean missing() {
      return why.contains(Difference.MISSING);
    }
  }
}
