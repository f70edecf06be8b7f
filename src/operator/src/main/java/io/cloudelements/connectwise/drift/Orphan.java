package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.ListedInstance;

/**
 * An instance that carries this cluster's part of the ownership tag and belongs to no resource.
 *
 * @param ownershipTag by which resource it was made
 */
public record Orphan(ListedInstance instance, String ownershipTag, OrphanCause cause) {

  /** How it is told. */
  public enum OrphanCause {
    /** No resource has that tag: it was deleted with Retain, or without the operator. */
    NO_RESOURCE,
    /** The tag's resource has its instance in another account. */
    RESOURCE_IN_OTHER_ACCOUNT
  }
}
