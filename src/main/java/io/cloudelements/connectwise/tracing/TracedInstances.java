package io.cloudelements.connectwise.tracing;

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
import io.cloudelements.connectwise.tracing.Phases.Phase;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The phases "observe" and "act", and the wait for the account's turn before them. */
record TracedInstances(InstancesApi inner, Phases phases) implements InstancesApi {

  @Override
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    return phases.in(Phase.ACT, "create", () -> inner.create(account, definition, window));
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return phases.in(Phase.OBSERVE, "read", () -> inner.read(account, id));
  }

  @Override
  public TagMatches findByTag(Account account, OwnershipTag tag) {
    return phases.in(Phase.OBSERVE, "find", () -> inner.findByTag(account, tag));
  }

  @Override
  public InstancePage listPage(Account account, PageRequest page) {
    return phases.in(Phase.OBSERVE, "list", () -> inner.listPage(account, page));
  }

  @Override
  public <T> T inTurn(Account account, Priority priority, Runnable delayed, Supplier<T> calls) {
    try (Phases.Wait wait = phases.await(priority.label())) {
      return inner.inTurn(
          account,
          priority,
          delayed,
          () -> {
            wait.close();
            return calls.get();
          });
    }
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return phases.in(Phase.ACT, "patch", () -> inner.patch(account, id, name, tags));
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return phases.in(Phase.ACT, "replace", () -> inner.replace(account, id, definition));
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    phases.run(
        Phase.ACT, enabled ? "enable" : "disable", () -> inner.setEnabled(account, id, enabled));
  }

  @Override
  public void delete(Account account, long id) {
    phases.run(Phase.ACT, "delete", () -> inner.delete(account, id));
  }
}
