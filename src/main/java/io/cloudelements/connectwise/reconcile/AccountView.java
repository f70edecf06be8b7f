package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.platform.InstancesApi;
import io.cloudelements.connectwise.platform.InstancesApiException;
import java.util.Optional;

/** Calls whose 404 is an answer: there is no such instance in the account. */
record AccountView(InstancesApi instances, DesiredInstance desired) {

  Observation read(Action.Read read, Observation seen) {
    return switch (read) {
      case Action.SearchByTag _ ->
          seen.searched(instances.findByTag(desired.account(), desired.ownershipTag()));
      case Action.ReadById(long id) -> byId(id, seen);
    };
  }

  private Observation byId(long id, Observation seen) {
    try {
      return seen.found(instances.read(desired.account(), id));
    } catch (InstancesApiException e) {
      requireNotFound(e);
      return seen.missing(id);
    }
  }

  /** By a write, which no lagging read can answer. */
  Observation proveGone(long id, Observation seen) {
    try {
      return seen.found(
          instances.patch(desired.account(), id, Optional.of(desired.name()), Optional.empty()));
    } catch (InstancesApiException e) {
      requireNotFound(e);
      return seen.provenMissing(id);
    }
  }

  void delete(long id) {
    try {
      instances.delete(desired.account(), id);
    } catch (InstancesApiException e) {
      requireNotFound(e);
    }
  }

  private static void requireNotFound(InstancesApiException e) {
    if (!(e.failure() instanceof RemoteFailure.NotFound)) {
      throw e;
    }
  }
}
