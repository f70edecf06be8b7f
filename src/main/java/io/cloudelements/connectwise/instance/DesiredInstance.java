package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.Set;

/**
 * What a resource asks for, with its credentials resolved and every default applied.
 *
 * @param userTags the tags of {@code spec.tags}, without the operator's own
 * @param enabled empty: only report; else enforce
 * @param takeOver the user allowed taking an instance that carries somebody else's ownership tag
 * @param confirmRecreate the user allowed a new instance although recreation would be held back
 */
public record DesiredInstance(
    ResourceId resource,
    Element element,
    String name,
    Set<String> userTags,
    OwnershipTag ownershipTag,
    Configuration configuration,
    Account account,
    Optional<Boolean> enabled,
    Optional<Long> adoptInstanceId,
    ManagementPolicy policy,
    DeletionPolicy deletionPolicy,
    boolean takeOver,
    boolean confirmRecreate) {
  public DesiredInstance {
    userTags = Set.copyOf(userTags);
  }

  /** The user's tags, the marker and the ownership tag: what the instance shall carry. */
  public Set<String> tags() {
    return ownershipTag.with(userTags);
  }

  public InstanceDefinition definition() {
    return new InstanceDefinition(element, name, tags(), configuration);
  }
}
