package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.Account;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps what the gates tell, for tests to look at. */
final class GateBook implements GateObserver {
  private final Map<String, Reading> gates = new ConcurrentHashMap<>();

  @Override
  public void opened(String account, Reading reading) {
    gates.put(account, reading);
  }

  @Override
  public void forgotten(String account) {
    gates.remove(account);
  }

  @Override
  public void waited(Lane lane, Duration wait) {}

  Set<String> accounts() {
    return Set.copyOf(gates.keySet());
  }

  int known() {
    return gates.size();
  }

  int waiting(Account account) {
    return Stream.of(Lane.values()).mapToInt(lane -> waiting(account, lane)).sum();
  }

  int waiting(Account account, Lane lane) {
    return Optional.ofNullable(gates.get(account.fingerprint()))
        .map(gate -> gate.waiting(lane))
        .orElse(0);
  }

  int inFlight(Account account) {
    return Optional.ofNullable(gates.get(account.fingerprint())).map(Reading::inFlight).orElse(0);
  }
}
