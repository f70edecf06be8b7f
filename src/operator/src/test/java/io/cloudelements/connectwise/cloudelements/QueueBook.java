package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps what the queues tell, for tests to look at. */
final class QueueBook implements QueueObserver {
  private final Map<String, QueueState> queues = new ConcurrentHashMap<>();

  @Override
  public void opened(String account, QueueState reading) {
    queues.put(account, reading);
  }

  @Override
  public void forgotten(String account, QueueState reading) {
    queues.remove(account);
  }

  @Override
  public void waited(Priority priority, Duration wait) {}

  Set<String> accounts() {
    return Set.copyOf(queues.keySet());
  }

  int known() {
    return queues.size();
  }

  int waiting(AccountAccess account) {
    return Stream.of(Priority.values()).mapToInt(priority -> waiting(account, priority)).sum();
  }

  int waiting(AccountAccess account, Priority priority) {
    return Optional.ofNullable(queues.get(account.account().fingerprint()))
        .map(queue -> queue.waiting(priority))
        .orElse(0);
  }

  int inFlight(AccountAccess account) {
    return Optional.ofNullable(queues.get(account.account().fingerprint()))
        .map(QueueState::inFlight)
        .orElse(0);
  }
}
