package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.List;
import java.util.Optional;

/**
 * Carries out the planner's reads and mutations. A 404 of a read by id, of the proof, of a release
 * and of a deletion is an answer; every other failure is thrown.
 */
record ServiceCalls(InstancesApi instances, DesiredInstance desired) {

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
    List<InstanceCall.Request<?>> calls = mutation.calls(desired.definition());
    return switch (mutation) {
      case Action.Adopt(Action.Mutation change) -> change(change, instance);
      case Action.Create _, Action.Replace _, Action.Patch _ -> answer(calls.getFirst());
      case Action.SetEnabled(_, boolean enabled) -> {
        answer(calls.getFirst());
        yield instance.map(before -> before.withDisabled(!enabled));
      }
      case Action.Release _, Action.Delete _ -> {
        calls.forEach(this::untilGone);
        yield Optional.empty();
      }
    };
  }

  /** Empty where the answer shows no instance. */
  private Optional<RemoteInstance> answer(InstanceCall<?> call) {
    return instances.call(desired.access(), call) instanceof RemoteInstance shown
        ? Optional.of(shown)
        : Optional.empty();
  }

  private void untilGone(InstanceCall<?> call) {
    try {
      instances.call(desired.access(), call);
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
