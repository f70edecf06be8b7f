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
        call.isRead() ? Phase.OBSERVE : Phase.ACT, step(call), () -> inner.call(access, call));
  }

  private static String step(InstanceCall<?> call) {
    return switch (call) {
      case InstanceCall.Create _ -> "create";
      case InstanceCall.Read _ -> "read";
      case InstanceCall.FindByTag _ -> "find";
      case InstanceCall.ListPage _ -> "list";
      case InstanceCall.ReadOrganization _ -> "organization";
      case InstanceCall.Patch _ -> "patch";
      case InstanceCall.Replace _ -> "replace";
      case InstanceCall.SetEnabled(_, boolean enabled) -> enabled ? "enable" : "disable";
      case InstanceCall.Delete _ -> "delete";
    };
  }
}
