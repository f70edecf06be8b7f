package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.Optional;

/** Calls whose 404 is an answer: there is no such instance in the account. */
record AccountView(InstancesApi instances, DesiredInstance desired) {

  Observation read(Action.Read read, Observation seen) {
    return switch (read) {
      case Action.SearchByTag _ ->
          seen.searched(instances.findByTag(desired.access(), desired.ownershipTag()));
      case Action.ReadById(long id) -> byId(id, seen);
    };
  }

  private Observation byId(long id, Observation seen) {
    try {
      return seen.found(instances.read(desired.access(), id));
    } catch (InstancesApiException e) {
      requireNotFound(e);
      return seen.missing(id);
    }
  }

  /** By a write, which no lagging read can answer, and which changes nothing. */
  Observation verifyGone(long id, Observation seen) {
    try {
      return seen.found(instances.patch(desired.access(), id, Optional.empty(), Optional.empty()));
    } catch (InstancesApiException e) {
      requireNotFound(e);
      return seen.verifiedMissing(id);
    }
  }

  /**
   * Makes a change.
   *
   * @param instance as it was before
   * @return the instance as the answer shows it; empty when it is deleted or released
   */
  Optional<RemoteInstance> change(Action.Mutation mutation, Optional<RemoteInstance> instance) {
    return switch (mutation) {
      case Action.Create(var window) ->
          Optional.of(instances.create(desired.access(), desired.definition(), window));
      case Action.Replace(long id) ->
          Optional.of(instances.replace(desired.access(), id, desired.definition()));
      case Action.Patch(long id, var name, var tags) ->
          Optional.of(instances.patch(desired.access(), id, name, tags));
      case Action.SetEnabled(long id, boolean enabled) -> {
        instances.setEnabled(desired.access(), id, enabled);
        yield instance.map(before -> before.withDisabled(!enabled));
      }
      case Action.Adopt(Action.Mutation change) -> change(change, instance);
      case Action.Release(long id, var tags) -> {
        untilGone(() -> instances.patch(desired.access(), id, Optional.empty(), Optional.of(tags)));
        yield Optional.empty();
      }
      case Action.Delete(var ids) -> {
        ids.forEach(id -> untilGone(() -> instances.delete(desired.access(), id)));
        yield Optional.empty();
      }
    };
  }

  private static void untilGone(Runnable call) {
    try {
      call.run();
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
