package io.cloudelements.connectwise.platform;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The gates of the accounts in use. An account that nobody uses and no pause concerns has none. */
final class AccountGates {
  private static final class Shared {
    private final AccountGate gate;
    private int users;

    private Shared(AccountGate gate) {
      this.gate = gate;
    }
  }

  private final GateSettings settings;
  private final InstantSource clock;
  private final Map<String, Shared> gates = new HashMap<>();

  AccountGates(GateSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The gate of an account, to be {@link #giveBack given back}. */
  synchronized AccountGate borrow(String account) {
    Shared shared =
        gates.computeIfAbsent(account, _ -> new Shared(new AccountGate(settings, clock)));
    shared.users++;
    return shared.gate;
  }

  synchronized void giveBack(String account) {
    gates.computeIfPresent(
        account,
        (_, shared) -> {
          shared.users--;
          return shared;
        });
    // a closed gate outlives its users and goes with the first call of anybody after its pause
    gates.values().removeIf(shared -> shared.users == 0 && !shared.gate.isClosed());
  }

  synchronized int size() {
    return gates.size();
  }

  /** Calls to an account that wait for their turn. */
  synchronized int waiting(String account) {
    Shared shared = gates.get(account);
    return shared == null ? 0 : shared.gate.waiting();
  }
}
