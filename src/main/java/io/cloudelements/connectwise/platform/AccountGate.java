package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.SendWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The door to one account: first come, first served, so many at a time, none while the service
 * asked to be left alone, and one probe at a time after repeated failures. Whoever is let in must
 * say how it went and {@link #leave}.
 */
final class AccountGate {
  private final GateSettings settings;
  private final InstantSource clock;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AccountBreaker breaker;
  private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.MIN);

  AccountGate(GateSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.places = new Semaphore(settings.maxConcurrent(), true);
    this.breaker = new AccountBreaker(settings.breakerFailures());
  }

  /**
   * Waits for a place.
   *
   * @param window not worth waiting for longer than it is open
   * @return why the caller was not let in; empty when it was
   */
  Optional<NotSent> enter(SendWindow window) {
    Optional<NotSent> refusal = refusal(window).or(() -> awaitPlace(window));
    if (refusal.isPresent()) {
      return refusal;
    }
    // much may have changed during the wait
    Optional<NotSent> late = refusal(window).or(() -> breaker.refusal(clock.instant()));
    if (late.isPresent()) {
      places.release();
    }
    return late;
  }

  void leave() {
    places.release();
  }

  /** The call that was let in was answered. */
  void answered() {
    breaker.answered();
  }

  /** The call that was let in failed. */
  void failed(RemoteFailure failure) {
    breaker.failed(failure, clock.instant());
    if (failure instanceof RateLimited(_, Optional<Duration> retryAfter)) {
      retryAfter.ifPresent(this::closeFor);
    }
  }

  /** The call that was let in ended by a defect: it says nothing about the account. */
  void abandoned() {
    breaker.abandoned();
  }

  /** Lets nobody in for so long; never shortens an earlier pause. */
  void closeFor(Duration pause) {
    Instant until = clock.instant().plus(pause);
    closedUntil.accumulateAndGet(until, (known, asked) -> asked.isAfter(known) ? asked : known);
  }

  /** Whether there is something to remember about the account when nobody uses it. */
  boolean isClosed() {
    return clock.instant().isBefore(closedUntil.get()) || breaker.isTroubled();
  }

  int waiting() {
    return waiting.get();
  }

  private Optional<NotSent> refusal(SendWindow window) {
    Instant now = clock.instant();
    Instant opens = closedUntil.get();
    if (now.isBefore(opens)) {
      return Optional.of(
          new NotSent(
              "the service asked to be left alone for a while",
              Optional.of(Duration.between(now, opens))));
    }
    return window.isOpen(now) ? Optional.empty() : Optional.of(TransportFailures.expired());
  }

  private Optional<NotSent> awaitPlace(SendWindow window) {
    try {
      // with a time, even none, a fair semaphore does not let anybody jump the queue
      if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
      if (waiting.incrementAndGet() > settings.maxWaiting()) {
        waiting.decrementAndGet();
        return notSent("too many calls to this account are waiting");
      }
      try {
        return places.tryAcquire(patience(window).toNanos(), TimeUnit.NANOSECONDS)
            ? Optional.empty()
            : notSent("its turn did not come in time");
      } finally {
        waiting.decrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notSent("the operator stopped before it was sent");
    }
  }

  private Duration patience(SendWindow window) {
    Duration left = Duration.between(clock.instant(), window.closes());
    return left.compareTo(settings.maxWait()) < 0 ? left : settings.maxWait();
  }

  private static Optional<NotSent> notSent(String why) {
    return Optional.of(new NotSent(why, Optional.empty()));
  }
}
