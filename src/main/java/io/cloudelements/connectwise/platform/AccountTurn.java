package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.SendWindow;
import java.util.function.Supplier;

/** A caller's stay inside an account's gate, for one call or for some that belong together. */
final class AccountTurn implements AutoCloseable {
  private final AccountGate gate;
  private final Lane lane;

  /** Whether this is the probe of an open breaker, and its outcome is not known yet. */
  private boolean probe;

  AccountTurn(AccountGate gate, Lane lane, boolean probe) {
    this.gate = gate;
    this.lane = lane;
    this.probe = probe;
  }

  boolean isAt(AccountGate other) {
    return gate == other;
  }

  /** Makes a call, unless the account was closed since the turn began. */
  <T> T call(SendWindow window, Supplier<T> call) {
    probe = gate.permit(probe, window);
    try {
      T answer = call.get();
      gate.answered();
      probe = false;
      return answer;
    } catch (InstancesApiException e) {
      gate.failed(e.failure(), probe);
      probe = false;
      throw e;
    }
  }

  /** A defect, or a turn in which nothing was called, says nothing about the account. */
  @Override
  public void close() {
    gate.leave(lane, probe);
  }
}
