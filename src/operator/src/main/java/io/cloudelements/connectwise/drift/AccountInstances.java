package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A whole listing of one account, to be asked by id and by this cluster's ownership tags. */
public final class AccountInstances {
  private final Map<Long, ListedInstance> byId = new HashMap<>();
  private final Map<String, SortedSet<Long>> byTag = new HashMap<>();

  /**
   * @param clusterPart what the ownership tags of this cluster begin with; other clusters may share
   *     the account
   */
  public AccountInstances(Collection<ListedInstance> listing, String clusterPart) {
    for (ListedInstance instance : listing) {
      byId.put(instance.id(), instance);
      instance.tags().stream()
          .flatMap(Collection::stream)
          .filter(tag -> tag.startsWith(clusterPart) && OwnershipTag.isOne(tag))
          .forEach(tag -> byTag.computeIfAbsent(tag, _ -> new TreeSet<>()).add(instance.id()));
    }
  }

  Optional<ListedInstance> instance(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Ids of the instances that carry this ownership tag. */
  SortedSet<Long> carrying(String ownershipTag) {
    return byTag.getOrDefault(ownershipTag, Collections.emptySortedSet());
  }

  /** This cluster's ownership tags, with the instances that carry each. */
  public Map<String, SortedSet<Long>> owned() {
    return Collections.unmodifiableMap(byTag);
  }

  /** How many instances the account has. */
  public int size() {
    return byId.size();
  }
}
