package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.Set;

/**
 * What a resource asks for, with its credentials resolved and every default applied.
 *
 * @param userTags the tags of {@code spec.tags}, without the operator's own
 * @param enabled empty: only report; else enforce
 * @param takeOver the value of the annotation {@code take-over}: the id of the instance that may be
 *     taken although it does not show to be free
 * @param confirmRecreate the value of the annotation {@code confirm-recreate}: the id of the
 *     instance that may be replaced, or the fingerprint of the account in which one may be made
 */
public record DesiredInstance(
    ResourceId resource,
    Element element,
    String name,
    Set<String> userTags,
    OwnershipTag ownershipTag,
    Configuration configuration,
    AccountAccess access,
    Optional<Boolean> enabled,
    Optional<Long> adoptInstanceId,
    ManagementPolicy policy,
    DeletionPolicy deletionPolicy,
    Optional<String> takeOver,
    Optional<String> confirmRecreate) {
  public DesiredInstance {
    userTags = Set.copyOf(userTags);
  }

  public Account account() {
    return access.account();
  }

  /** The user's tags, the marker and the ownership tag: what the instance shall carry. */
  public Set<String> tags() {
    return ownershipTag.with(userTags);
  }

  /** Whether a person named this instance as one to take; {@code "true"} names none. */
  boolean takesOver(long id) {
    return takeOver.equals(Optional.of(Long.toString(id)));
  }

  /** Whether a person named this instance as one to replace. */
  boolean replaces(long id) {
    return confirmRecreate.equals(Optional.of(Long.toString(id)));
  }

  /** Whether a person named this account as one to begin anew in. */
  boolean beginsAnewInAccount() {
    return confirmRecreate.equals(Optional.of(account().fingerprint()));
  }

  public InstanceDefinition definition() {
    return new InstanceDefinition(element, name, tags(), configuration);
  }
}
