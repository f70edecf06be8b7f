package io.cloudelements.connectwise.reconcile;

import java.util.stream.Stream;

/**
 * What all resources of an account have to mind together.
 *
 * @param recreation holds recreation back when many instances are gone
 * @param quota holds creation back when there are as many as the account's owner allows
 * @param deletions holds deletions back when many resources are deleted at once
 */
public record FleetGuards(
    RecreationGuard recreation, InstanceQuota quota, DeletionGuard deletions) {
  /** Where no account has limits, and any number may be deleted. */
  public static FleetGuards of(RecreationGuard recreation) {
    return new FleetGuards(recreation, new InstanceQuota(_ -> Stream.empty()), DeletionGuard.off());
  }
}
