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

/** A port to the service that does as another one does; variants change a part of it. */
class ForwardingInstances implements InstancesApi {
  final InstancesApi inner;

  ForwardingInstances(InstancesApi inner) {
    this.inner = inner;
  }

  @Override
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    return inner.create(account, definition, window);
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return inner.read(account, id);
  }

  @Override
  public TagMatches findByTag(Account account, OwnershipTag tag) {
    return inner.findByTag(account, tag);
  }

  @Override
  public InstancePage listPage(Account account, PageRequest page) {
    return inner.listPage(account, page);
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return inner.patch(account, id, name, tags);
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return inner.replace(account, id, definition);
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    inner.setEnabled(account, id, enabled);
  }

  @Override
  public void delete(Account account, long id) {
    inner.delete(account, id);
  }

  @Override
  public <T> T inTurn(Account account, Priority priority, Runnable delayed, Supplier<T> calls) {
    return inner.inTurn(account, priority, delayed, calls);
  }
}
