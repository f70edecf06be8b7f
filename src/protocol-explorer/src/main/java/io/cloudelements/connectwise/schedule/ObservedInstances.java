package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;

/** The port to the service, every call of which the schedule sees. */
record ObservedInstances(InstancesApi inner, Ports ports, ScheduledOperator caller)
    implements InstancesApi {

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    return ports.call(
        caller, PortCall.of(call), () -> detail(call), () -> inner.call(access, call));
  }

  private static String detail(InstanceCall<?> call) {
    return switch (call) {
      case InstanceCall.Create(var definition, _) -> definition.name();
      case InstanceCall.Read(long id) -> Long.toString(id);
      case InstanceCall.FindByTag _, InstanceCall.ListPage _, InstanceCall.ReadOrganization _ -> "";
      case InstanceCall.ReadAuditLog(long id, _, _) -> Long.toString(id);
      case InstanceCall.Patch(long id, var name, var tags) ->
          id + name.map(_ -> " name").orElse("") + tags.map(_ -> " tags").orElse("");
      case InstanceCall.Replace(long id, _) -> Long.toString(id);
      case InstanceCall.SetEnabled(long id, boolean enabled) -> id + " " + enabled;
      case InstanceCall.Delete(long id) -> Long.toString(id);
    };
  }
}
