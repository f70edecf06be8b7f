package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.PausedUntil;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The queues of all accounts behind one lock, with the time. No method blocks. Listeners are called
 * by the callers' threads, outside of the lock.
 */
public final class RateLimiter {
  private final InstantSource wallClock;
  private final InstantSource steadyClock;
  private final QueueObserver observer;
  private final AccountQueues queues;
  private volatile Consumer<ResourceId> reserved = _ -> {};
  private volatile boolean stopped;

  /**
   * @param wallClock for dates that are shown
   * @param steadyClock for waits; may not jump
   */
  public RateLimiter(
      QueueSettings settings,
      InstantSource wallClock,
      InstantSource steadyClock,
      QueueObserver observer) {
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
    this.observer = observer;
    this.queues = new AccountQueues(settings);
  }

  /** Sets the listener for reserved places; it replaces the former one. */
  public void onReserved(Consumer<ResourceId> listener) {
    reserved = listener;
  }

  /**
   * Bounds the permits of an account, whose owner may want fewer than it would have.
   *
   * @param object the account object that says so
   */
  void limit(ResourceId object, PermitLimits.Limit limit) {
    changed(now -> {
      queues.limit(object, limit, now);
      return now;
    });
  }

  /** The account object opens no account any more, or is gone. */
  public void unlimit(ResourceId object) {
    changed(now -> {
      queues.unlimit(object, now);
      return now;
    });
  }

  /** Asks for a permit, or for a place in the queue. */
  public Admission admit(AccountKey account, ResourceId resource, Priority priority) {
    return stopped ? new Queued() : changed(now -> queues.admit(account, resource, priority, now));
  }

  /** How long a resource has been in a queue; empty when it is in none. */
  public Optional<Duration> waited(ResourceId resource) {
    synchronized (queues) {
      Instant now = steadyClock.instant();
      return queues.since(resource).map(since -> Duration.between(since, now));
    }
  }

  /**
   * The number of a resource in line at its account, among those of its priority; 1 is next. Empty
   * when it is in no line.
   */
  public Optional<Integer> position(ResourceId resource) {
    synchronized (queues) {
      return queues.position(resource);
    }
  }

  /** A resource does not need a permit any more; where it needs none, nothing happens. */
  public void withdraw(ResourceId resource) {
    changed(now -> {
      queues.withdraw(resource, now);
      return now;
    });
  }

  /** From now on nothing is admitted and no reservation is announced; running calls may finish. */
  public void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Whether a call with this permit may be made now. */
  Optional<PausedUntil> beforeCall(Permit permit) {
    return changed(now -> queues.beforeCall(permit, now));
  }

  /**
   * @return whether the answer ends an outage
   */
  boolean answered(Permit permit) {
    return changed(now -> queues.answered(permit, now));
  }

  /**
   * @return whether the failure is an answer, and ends an outage
   */
  boolean failed(Permit permit, RemoteFailure failure) {
    return changed(now -> queues.failed(permit, failure, now, wallClock.instant()));
  }

  /** Gives a permit back; once more does nothing. */
  public void release(Permit permit) {
    changed(now -> {
      queues.release(permit, now);
      return now;
    });
  }

  private <T> T changed(Function<Instant, T> change) {
    T result;
    List<QueueEvent> events;
    synchronized (queues) {
      result = change.apply(steadyClock.instant());
      events = queues.events();
    }
    events.forEach(this::tell);
    return result;
  }

  private void tell(QueueEvent event) {
    switch (event) {
      case QueueEvent.Reserved(ResourceId resource) -> {
        if (!stopped) {
          reserved.accept(resource);
        }
      }
      case QueueEvent.Waited(Priority priority, Duration time) -> observer.waited(priority, time);
      case QueueEvent.Opened(AccountQueue queue) ->
          observer.opened(queue.key().fingerprint(), reading(queue));
      case QueueEvent.Forgotten(AccountQueue queue) ->
          observer.forgotten(queue.key().fingerprint(), reading(queue));
    }
  }

  private QueueObserver.QueueState reading(AccountQueue queue) {
    return new LockedReading(queues, queue, steadyClock);
  }

  private record LockedReading(AccountQueues queues, AccountQueue queue, InstantSource steadyClock)
      implements QueueObserver.QueueState {
    @Override
    public int inFlight() {
      synchronized (queues) {
        return queue.inFlight();
      }
    }

    @Override
    public int waiting(Priority priority) {
      synchronized (queues) {
        return queue.waiting(priority);
      }
    }

    @Override
    public BreakerState breakerState() {
      synchronized (queues) {
        return queue.breakerState(steadyClock.instant());
      }
    }

    @Override
    public Duration retryAfter() {
      synchronized (queues) {
        return queue.retryAfter(steadyClock.instant());
      }
    }
  }
}
