package io.cloudelements.connectwise.platform;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gates of the accounts in use. One that nobody used for a while has none: an account per
 * rotated secret must not stay for ever.
 */
final class AccountGates {
  /** Longer than the usual time between two drift checks. */
  static final Duration IDLE = Duration.ofMinutes(15);

  private static final class Shared {
    private final AccountGate gate;
    private final String host;
    private final ConnectionShare connections;
    private int users;
    private Instant usedAt = Instant.MIN;

    private Shared(AccountGate gate, String host, ConnectionShare connections) {
      this.gate = gate;
      this.host = host;
      this.connections = connections;
    }
  }

  private final GateSettings settings;
  private final InstantSource wallClock;
  private final InstantSource steadyClock;
  private final GateObserver observer;
  private final AnswerListener listener;

  /** The one that was used longest ago first. */
  private final Map<String, Shared> gates = new LinkedHashMap<>(16, 0.75f, true);

  private boolean stopping;

  AccountGates(
      GateSettings settings,
      InstantSource wallClock,
      InstantSource steadyClock,
      GateObserver observer,
      AnswerListener listener) {
    this.settings = settings;
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
    this.observer = observer;
    this.listener = listener;
  }

  /** The gate of an account, to be {@link #giveBack given back}. */
  synchronized AccountGate borrow(String account, URI baseUrl) {
    Shared shared = gates.get(account);
    if (shared == null) {
      shared = open(account, baseUrl.getRawAuthority());
      gates.put(account, shared);
    }
    shared.users++;
    shared.usedAt = steadyClock.instant();
    return shared.gate;
  }

  synchronized void giveBack(String account) {
    gates.computeIfPresent(
        account,
        (_, shared) -> {
          shared.users--;
          shared.usedAt = steadyClock.instant();
          return shared;
        });
    forgetIdle();
  }

  /** No turn begins any more. */
  synchronized void stop() {
    stopping = true;
    gates.values().forEach(shared -> shared.gate.stop());
  }

  private Shared open(String account, String host) {
    ConnectionShare connections =
        gates.values().stream()
            .filter(other -> other.host.equals(host))
            .map(other -> other.connections)
            .findFirst()
            .orElseGet(() -> new ConnectionShare(settings.maxConnections()));
    AccountGate gate =
        new AccountGate(account, settings, connections, wallClock, steadyClock, observer, listener);
    if (stopping) {
      gate.stop();
    }
    observer.opened(account, gate);
    return new Shared(gate, host, connections);
  }

  private void forgetIdle() {
    Instant idleSince = steadyClock.instant().minus(IDLE);
    Iterator<Map.Entry<String, Shared>> eldest = gates.entrySet().iterator();
    while (eldest.hasNext()) {
      Map.Entry<String, Shared> entry = eldest.next();
      Shared shared = entry.getValue();
      if (shared.usedAt.isAfter(idleSince)) {
        return;
      }
      if (shared.users == 0 && !shared.gate.isPaused()) {
        eldest.remove();
        observer.forgotten(entry.getKey());
      }
    }
  }

  synchronized int size() {
    return gates.size();
  }
}
