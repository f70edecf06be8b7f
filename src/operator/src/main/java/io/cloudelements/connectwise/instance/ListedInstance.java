package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An instance as a listing of its account shows it: a summary without configuration and without its
 * token (contract §3). A field that an item lacks is unknown, which is not the same as false or
 * empty (contract §11).
 *
 * @param createdAt empty when the service does not say, or says it in an unknown form
 */
public record ListedInstance(
    long id,
    Optional<String> name,
    Optional<String> elementKey,
    Optional<Set<String>> tags,
    Optional<Boolean> valid,
    Optional<Boolean> disabled,
    Optional<Instant> createdAt) {
  public ListedInstance {
    tags = tags.map(Set::copyOf);
  }

  public boolean carries(OwnershipTag tag) {
    return tags.map(known -> known.contains(tag.value())).orElse(false);
  }
}
