package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Waits in the queue on behalf of a thread: for drift listings, checks of account objects,
 * questions to the audit log and the command line, which are few. The reconcile of a resource never
 * waits here.
 */
final class BlockingAdmission {
  /** The end of a pause brings no event, and an event may be lost. */
  private static final Duration ASKS_AGAIN = Duration.ofSeconds(1);

  /** No resource has an empty namespace. */
  private static final String NAMESPACE = "";

  private final RateLimiter limiter;
  private final QueueObserver observer;
  private final Duration asksAgain;
  private final AtomicLong callers = new AtomicLong();
  private final Map<ResourceId, Semaphore> waiting = new ConcurrentHashMap<>();

  BlockingAdmission(RateLimiter limiter, QueueObserver observer) {
    this(limiter, observer, ASKS_AGAIN);
  }

  BlockingAdmission(RateLimiter limiter, QueueObserver observer, Duration asksAgain) {
    this.limiter = limiter;
    this.observer = observer;
    this.asksAgain = asksAgain;
  }

  /**
   * Waits for a permit.
   *
   * @param patience the longest wait
   * @return {@link Queued} when the wait was too long, or the operator stops
   */
  Admission admit(AccountKey account, Priority priority, Duration patience)
      throws InterruptedException {
    ResourceId caller = new ResourceId(NAMESPACE, Long.toString(callers.incrementAndGet()));
    Semaphore reservations = new Semaphore(0);
    waiting.put(caller, reservations);
    try {
      Admission admission = await(account, caller, priority, patience, reservations);
      if (admission instanceof Queued) {
        observer.waited(priority, patience);
      }
      return admission;
    } finally {
      waiting.remove(caller);
      limiter.withdraw(caller);
    }
  }

  private Admission await(
      AccountKey account,
      ResourceId caller,
      Priority priority,
      Duration patience,
      Semaphore reservations)
      throws InterruptedException {
    Duration left = patience;
    Admission admission = limiter.admit(account, caller, priority);
    while (admission instanceof Queued && left.isPositive() && !limiter.isStopped()) {
      Duration part = left.compareTo(asksAgain) < 0 ? left : asksAgain;
      if (!reservations.tryAcquire(part.toNanos(), TimeUnit.NANOSECONDS)) {
        left = left.minus(part);
      }
      admission = limiter.admit(account, caller, priority);
    }
    return admission;
  }

  /**
   * A place is reserved.
   *
   * @return whether for a caller that waits here
   */
  boolean reserved(ResourceId resource) {
    Optional<Semaphore> caller = Optional.ofNullable(waiting.get(resource));
    caller.ifPresent(Semaphore::release);
    return caller.isPresent() || resource.namespace().equals(NAMESPACE);
  }

  /** Stops the limiter, and ends all waits. */
  void stop() {
    limiter.stop();
    waiting.values().forEach(Semaphore::release);
  }
}
