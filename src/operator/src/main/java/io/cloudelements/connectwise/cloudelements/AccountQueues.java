package io.cloudelements.connectwise.cloudelements;

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
final class AccountQueues {
  /** Longer than the usual time between two drift checks. */
  static final Duration IDLE = Duration.ofMinutes(15);

  private static final class Shared {
    private final AccountQueue queue;
    private final String host;
    private final ConnectionShare connections;
    private int users;
    private Instant usedAt = Instant.MIN;

    private Shared(AccountQueue queue, String host, ConnectionShare connections) {
      this.queue = queue;
      this.host = host;
      this.connections = connections;
    }
  }

  private final QueueSettings settings;
  private final InstantSource wallClock;
  private final InstantSource steadyClock;
  private final QueueObserver observer;
  private final AnswerListener listener;

  /** The one that was used longest ago first. */
  private final Map<String, Shared> queues = new LinkedHashMap<>(16, 0.75f, true);

  private boolean stopping;

  AccountQueues(
      QueueSettings settings,
      InstantSource wallClock,
      InstantSource steadyClock,
      QueueObserver observer,
      AnswerListener listener) {
    this.settings = settings;
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
    this.observer = observer;
    this.listener = listener;
  }

  /** The gate of an account, to be {@link #giveBack given back}. */
  synchronized AccountQueue borrow(String account, URI baseUrl) {
    Shared shared = queues.get(account);
    if (shared == null) {
      shared = open(account, baseUrl.getRawAuthority());
      queues.put(account, shared);
    }
    shared.users++;
    shared.usedAt = steadyClock.instant();
    return shared.queue;
  }

  synchronized void giveBack(String account) {
    queues.computeIfPresent(
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
    queues.values().forEach(shared -> shared.queue.stop());
  }

  private Shared open(String account, String host) {
    ConnectionShare connections =
        queues.values().stream()
            .filter(other -> other.host.equals(host))
            .map(other -> other.connections)
            .findFirst()
            .orElseGet(() -> new ConnectionShare(settings.maxConnections()));
    AccountQueue queue =
        new AccountQueue(
            account, settings, connections, wallClock, steadyClock, observer, listener);
    if (stopping) {
      queue.stop();
    }
    observer.opened(account, queue);
    return new Shared(queue, host, connections);
  }

  private void forgetIdle() {
    Instant idleSince = steadyClock.instant().minus(IDLE);
    Iterator<Map.Entry<String, Shared>> eldest = queues.entrySet().iterator();
    while (eldest.hasNext()) {
      Map.Entry<String, Shared> entry = eldest.next();
      Shared shared = entry.getValue();
      if (shared.usedAt.isAfter(idleSince)) {
        return;
      }
      if (shared.users == 0 && !shared.queue.isPaused()) {
        eldest.remove();
        observer.forgotten(entry.getKey());
      }
    }
  }

  synchronized int size() {
    return queues.size();
  }
}
