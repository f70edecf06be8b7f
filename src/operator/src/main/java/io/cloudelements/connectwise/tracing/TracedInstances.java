package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.tracing.Phases.Phase;

/** The phases "observe" and "act". */
record TracedInstances(InstancesApi inner, Phases phases) implements InstancesApi {

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    return phases.in(
        call.isRead() ? Phase.OBSERVE : Phase.ACT,
        call.kind().label(),
        () -> inner.call(access, call));
  }
}
