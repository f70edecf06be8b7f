package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The taking over of an existing instance, which {@code spec.adoptInstanceId} or the annotation
 * {@code cloudelements.io/take-over} asks for. It is recorded before the service is called, and
 * complete with the first {@code Ready}.
 */
public sealed interface Adoption {
  /** Of the adopted instance. */
  long instanceId();

  /**
   * The change that marks the instance may be sent, or may have been. Until the adoption is
   * complete the instance is released with its resource, not deleted.
   *
   * @param startedAt when it was recorded, which is before anything was sent
   * @param foundTags the instance's tags before the first change; empty when they were not shown,
   *     or are too many to be recorded
   */
  record Open(long instanceId, Instant startedAt, Optional<Set<String>> foundTags)
      implements Adoption {
    /** So many tags are kept, of so many characters each. */
    private static final int MOST_TAGS = 64;

    private static final int LONGEST_TAG = 256;

    public Open {
      foundTags =
          foundTags
              .filter(tags -> tags.size() <= MOST_TAGS)
              .filter(tags -> tags.stream().allMatch(tag -> tag.length() <= LONGEST_TAG))
              .map(Set::copyOf);
    }

    /** Its {@code PUT} may take effect as late as a {@code POST} that begins at the same time. */
    Intent asIntent() {
      return new Intent(1, startedAt);
    }
  }

  /**
   * {@code spec.adoptInstanceId} has been followed, or a person has had another instance made in
   * its place.
   */
  record Completed(long instanceId) implements Adoption {}
}
