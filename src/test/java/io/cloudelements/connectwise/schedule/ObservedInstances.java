package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.cloudelements.InstancePage;
import io.cloudelements.connectwise.cloudelements.InstancesApi;
import io.cloudelements.connectwise.cloudelements.PageRequest;
import io.cloudelements.connectwise.cloudelements.Priority;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The port to the service, every call of which the schedule sees. */
final class ObservedInstances implements InstancesApi {
  private final InstancesApi inner;
  private final Ports ports;
  private final ScheduledOperator caller;

  ObservedInstances(InstancesApi inner, Ports ports, ScheduledOperator caller) {
    this.inner = inner;
    this.ports = ports;
    this.caller = caller;
  }

  @Override
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    return ports.call(
        caller,
        PortCall.CREATE,
        () -> definition.name(),
        () -> inner.create(account, definition, window));
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return ports.call(
        caller, PortCall.READ, () -> Long.toString(id), () -> inner.read(account, id));
  }

  @Override
  public TagMatches findByTag(Account account, OwnershipTag tag) {
    return ports.call(caller, PortCall.FIND, () -> "", () -> inner.findByTag(account, tag));
  }

  @Override
  public InstancePage listPage(Account account, PageRequest page) {
    return ports.call(caller, PortCall.LIST, () -> "", () -> inner.listPage(account, page));
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return ports.call(
        caller,
        PortCall.PATCH,
        () -> id + name.map(n -> " name").orElse("") + tags.map(t -> " tags").orElse(""),
        () -> inner.patch(account, id, name, tags));
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return ports.call(
        caller,
        PortCall.REPLACE,
        () -> Long.toString(id),
        () -> inner.replace(account, id, definition));
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    ports.run(
        caller,
        PortCall.SET_ENABLED,
        () -> id + " " + enabled,
        () -> inner.setEnabled(account, id, enabled));
  }

  @Override
  public void delete(Account account, long id) {
    ports.run(caller, PortCall.DELETE, () -> Long.toString(id), () -> inner.delete(account, id));
  }

  @Override
  public <T> T inTurn(Account account, Priority priority, Runnable delayed, Supplier<T> calls) {
    return inner.inTurn(account, priority, delayed, calls);
  }
}
