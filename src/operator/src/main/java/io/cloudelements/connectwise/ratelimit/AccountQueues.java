package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import io.cloudelements.connectwise.ratelimit.Admission.PausedUntil;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The queues of all accounts: a pure state machine. A resource is in the queue of one account at
 * most. When a place is free, it is reserved for the next resource in line, and {@link #events}
 * tell the resource.
 *
 * <p>Not safe for threads; time comes in.
 */
final class AccountQueues {
  /** Longer than the longest time between two tries of a resource whose account is rejected. */
  static final Duration IDLE_IN_OUTAGE = Duration.ofMinutes(75);

  /**
   * More are known only while resources need them. Each made-up user secret is an account, and a
   * tenant can write a new one a hundred times a second.
   */
  static final int MOST_UNUSED = 2_000;

  private static final class Open {
    private final AccountQueue queue;
    private final ConnectionShare<Open> connections;
    private Instant usedAt = Instant.MIN;

    private Open(AccountQueue queue, ConnectionShare<Open> connections) {
      this.queue = queue;
      this.connections = connections;
    }
  }

  private record Expiry(Open account, ResourceId resource, Instant at) {}

  private final QueueSettings settings;

  /** The account that was used longest ago first. */
  private final Map<String, Open> accounts = new LinkedHashMap<>(16, 0.75f, true);

  private final PermitLimits limits = new PermitLimits();

  /** Where a resource is in line or has a reservation. */
  private final Map<ResourceId, Open> queued = new HashMap<>();

  /** The reservation that expires next first; some are used already. */
  private final Queue<Expiry> expiries = new ArrayDeque<>();

  private List<QueueEvent> events = new ArrayList<>();

  AccountQueues(QueueSettings settings) {
    this.settings = settings;
  }

  /**
   * @param object the account object whose owner says so
   * @param limit how many permits its account has at most
   */
  void limit(ResourceId object, PermitLimits.Limit limit, Instant now) {
    limits.set(object, limit).ifPresent(before -> resize(before, now));
    resize(limit.fingerprint(), now);
  }

  /** The object opens no account any more. */
  void unlimit(ResourceId object, Instant now) {
    limits.remove(object).ifPresent(fingerprint -> resize(fingerprint, now));
  }

  private void resize(String fingerprint, Instant now) {
    Open account = accounts.get(fingerprint);
    if (account != null) {
      account.queue.resize(places(fingerprint));
      serve(account, now);
    }
  }

  private int places(String fingerprint) {
    int usual = settings.maxConcurrent();
    return Math.min(limits.of(fingerprint).orElse(usual), usual);
  }

  /** Asks for a permit, or for a place in the queue. */
  Admission admit(AccountKey key, ResourceId resource, Priority priority, Instant now) {
    expire(now);
    Open account = open(key, now);
    Open before = queued.get(resource);
    if (before != null && before != account) {
      withdraw(resource, now);
    }
    Optional<PausedUntil> paused = account.queue.paused(key, now);
    if (paused.isPresent()) {
      withdraw(resource, now);
      return paused.get();
    }
    if (!account.queue.isReserved(resource)) {
      account.queue.join(resource, priority, now);
      queued.put(resource, account);
      serve(account, now);
    }
    if (!account.queue.isReserved(resource)) {
      return new Queued();
    }
    Duration waited = Duration.between(account.queue.since(resource).orElse(now), now);
    Permit permit = account.queue.claim(resource, key, now);
    queued.remove(resource);
    events.remove(new QueueEvent.Reserved(resource));
    events.add(new QueueEvent.Waited(permit.priority(), waited));
    return new Admitted(permit);
  }

  /** Since when a resource is in line or has a reservation. */
  Optional<Instant> since(ResourceId resource) {
    return Optional.ofNullable(queued.get(resource)).flatMap(open -> open.queue.since(resource));
  }

  /** Its number in line at its account, among those of its priority; empty when in none. */
  Optional<Integer> position(ResourceId resource) {
    return Optional.ofNullable(queued.get(resource)).flatMap(open -> open.queue.position(resource));
  }

  /** A resource does not need a permit any more; where it needs none, nothing happens. */
  void withdraw(ResourceId resource, Instant now) {
    Open account = queued.remove(resource);
    if (account == null) {
      return;
    }
    if (account.queue.isReserved(resource)) {
      account.queue.cancel(resource);
      releaseConnection(account, now);
    } else {
      account.queue.leaveLine(resource);
    }
  }

  /** Whether a call with this permit may be made now. */
  Optional<PausedUntil> beforeCall(Permit permit, Instant now) {
    return open(permit.key(), now).queue.beforeCall(permit, now);
  }

  /**
   * @return whether the answer ends an outage
   */
  boolean answered(Permit permit, Instant now) {
    Open account = open(permit.key(), now);
    boolean recovered = account.queue.answered(permit, now);
    serve(account, now);
    return recovered;
  }

  /**
   * @param wallClock for the date that is shown
   * @return whether the failure is an answer, and ends an outage
   */
  boolean failed(Permit permit, RemoteFailure failure, Instant now, Instant wallClock) {
    Open account = open(permit.key(), now);
    boolean recovered = account.queue.failed(permit, failure, now, wallClock);
    serve(account, now);
    return recovered;
  }

  /** Gives a permit back, once. */
  void release(Permit permit, Instant now) {
    expire(now);
    if (permit.release()) {
      Open account = open(permit.key(), now);
      account.queue.release(permit, now);
      releaseConnection(account, now);
      forgetIdle(now);
    }
  }

  /** What happened since the last time. */
  List<QueueEvent> events() {
    List<QueueEvent> happened = events;
    events = new ArrayList<>();
    return happened;
  }

  private Open open(AccountKey key, Instant now) {
    Open account = accounts.get(key.fingerprint());
    if (account == null) {
      account =
          new Open(
              new AccountQueue(key, places(key.fingerprint()), settings),
              connectionsTo(key.host()));
      accounts.put(key.fingerprint(), account);
      events.add(new QueueEvent.Opened(account.queue));
    }
    account.usedAt = now;
    return account;
  }

  private ConnectionShare<Open> connectionsTo(String host) {
    return accounts.values().stream()
        .filter(other -> other.queue.key().host().equals(host))
        .map(other -> other.connections)
        .findFirst()
        .orElseGet(() -> new ConnectionShare<>(settings.maxConnections()));
  }

  private void serve(Open account, Instant now) {
    while (account.queue.hasNext(now) && account.connections.take(account)) {
      reserveNext(account, now);
    }
  }

  private void reserveNext(Open account, Instant now) {
    ResourceId next = account.queue.reserveNext(now);
    expiries.add(new Expiry(account, next, now.plus(AccountQueue.RESERVATION)));
    events.add(new QueueEvent.Reserved(next));
  }

  /** The other accounts of the host have the connection before this one's next resource. */
  private void releaseConnection(Open account, Instant now) {
    Queue<Open> offered = new ArrayDeque<>(account.connections.release(account));
    for (Open other = offered.poll(); other != null; other = offered.poll()) {
      if (other.queue.hasNext(now)) {
        reserveNext(other, now);
        serve(other, now);
      } else {
        offered.addAll(other.connections.release(other));
      }
    }
    serve(account, now);
  }

  private void expire(Instant now) {
    while (!expiries.isEmpty() && !expiries.element().at().isAfter(now)) {
      Expiry expiry = expiries.remove();
      if (expiry.account().queue.hasExpired(expiry.resource(), now)) {
        withdraw(expiry.resource(), now);
      }
    }
  }

  private void forgetIdle(Instant now) {
    int excess = accounts.size() - MOST_UNUSED;
    Iterator<Open> eldest = accounts.values().iterator();
    while (eldest.hasNext()) {
      Open account = eldest.next();
      boolean recent = account.usedAt.isAfter(now.minus(QueueSettings.IDLE));
      if (recent && excess <= 0) {
        return;
      }
      boolean forgotten = excess > 0 ? account.queue.isUnused() : isIdle(account, now);
      if (forgotten) {
        eldest.remove();
        excess--;
        events.add(new QueueEvent.Forgotten(account.queue));
      }
    }
  }

  private static boolean isIdle(Open account, Instant now) {
    boolean outage = account.queue.breakerState(now) != BreakerState.CLOSED;
    boolean needed = outage && account.usedAt.isAfter(now.minus(IDLE_IN_OUTAGE));
    return account.queue.isIdle(now) && !needed;
  }
}
