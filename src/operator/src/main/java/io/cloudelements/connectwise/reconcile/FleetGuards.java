package io.cloudelements.connectwise.reconcile;

import java.util.stream.Stream;

/**
 * What all resources of an account have to mind together.
 *
 * @param recreation holds recreation back when many instances are gone
 * @param quota holds creation back when there are as many as the account's owner allows
 */
public record FleetGuards(RecreationGuard recreation, InstanceQuota quota) {
  /** Where no account has limits. */
  public static FleetGuards of(RecreationGuard recreation) {
    return new FleetGuards(recreation, new InstanceQuota(_ -> Stream.empty()));
  }
}
