package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps one account from being asked too much, and one account's trouble from the others: a call
 * waits for its turn among the calls of its account, for a bounded time, and is not sent at all
 * while a {@code Retry-After} of that account lasts or its breaker is open.
 */
public final class GatedInstancesApi implements InstancesApi {
  private final InstancesApi inner;
  private final AccountGates gates;

  public GatedInstancesApi(InstancesApi inner, GateSettings settings, InstantSource clock) {
    this.inner = inner;
    this.gates = new AccountGates(settings, clock);
  }

  @Override
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    return inTurn(account, window, () -> inner.create(account, definition, window));
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return inTurn(account, () -> inner.read(account, id));
  }

  @Override
  public List<RemoteInstance> findByTag(Account account, OwnershipTag tag) {
    return inTurn(account, () -> inner.findByTag(account, tag));
  }

  @Override
  public InstancePage listPage(Account account, Optional<String> pageToken) {
    return inTurn(account, () -> inner.listPage(account, pageToken));
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return inTurn(account, () -> inner.patch(account, id, name, tags));
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return inTurn(account, () -> inner.replace(account, id, definition));
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    inTurn(account, () -> done(() -> inner.setEnabled(account, id, enabled)));
  }

  @Override
  public void delete(Account account, long id) {
    inTurn(account, () -> done(() -> inner.delete(account, id)));
  }

  private static boolean done(Runnable call) {
    call.run();
    return true;
  }

  private <T> T inTurn(Account account, Supplier<T> call) {
    return inTurn(account, SendWindow.ALWAYS, call);
  }

  private <T> T inTurn(Account account, SendWindow window, Supplier<T> call) {
    String fingerprint = account.fingerprint();
    AccountGate gate = gates.borrow(fingerprint);
    try {
      Optional<NotSent> refusal = gate.enter(window);
      if (refusal.isPresent()) {
        throw new InstancesApiException(refusal.get());
      }
      return inside(gate, call);
    } finally {
      gates.giveBack(fingerprint);
    }
  }

  private static <T> T inside(AccountGate gate, Supplier<T> call) {
    try {
      T answer = call.get();
      gate.answered();
      return answer;
    } catch (InstancesApiException e) {
      gate.failed(e.failure());
      throw e;
    } catch (RuntimeException e) {
      gate.abandoned();
      throw e;
    } finally {
      gate.leave();
    }
  }

  /** Accounts about which something is remembered at the moment. */
  int accountsInUse() {
    return gates.size();
  }

  /** Calls to an account that wait for their turn. */
  int waiting(Account account) {
    return gates.waiting(account.fingerprint());
  }
}
