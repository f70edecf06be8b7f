package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.DeletionGuard;
import io.cloudelements.connectwise.reconcile.FleetGuards;
import io.cloudelements.connectwise.reconcile.InstanceQuota;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The guards that all resources of the account share within one process. */
final class ScheduledGuards {
  /** So many may be deleted at once: most scenarios have one resource, and none is held. */
  private static final int DELETIONS = 2;

  private ScheduledGuards() {}

  /**
   * @param resource the cached one
   * @param lost so many may be gone at once
   */
  static FleetGuards of(
      World world,
      Variant variant,
      ScheduledAccounts accounts,
      Supplier<Optional<ConnectWiseInstance>> resource,
      int lost) {
    return new FleetGuards(
        new RecreationGuard(lost, Bounds.RESYNC, _ -> 1),
        new InstanceQuota(accounts::counted),
        new DeletionGuard(
            DELETIONS,
            _ ->
                variant.population(
                    Stream.concat(resource.get().stream(), world.accounts().neighbours().stream())
                        .toList())));
  }
}
