package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** The shipped queue with one permit, which another resource has when a schedule says so. */
final class ScheduledQueue implements CallPermits {
  static final QueueSettings SETTINGS =
      new QueueSettings(
          1,
          QueueSettings.DEFAULTS.maxConnections(),
          QueueSettings.DEFAULTS.breakerFailures(),
          QueueSettings.DEFAULTS.maxWait());

  /** Before the reservation expires. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final Duration TOO_LATE = Duration.ofSeconds(20);
  private static final ResourceId BUSY = new ResourceId("another-namespace", "busy");
  private static final ResourceId GONE = new ResourceId("another-namespace", "gone");

  private final RateLimitedInstancesApi limited;
  private final World world;
  private Optional<Comeback> full = Optional.empty();
  private Optional<Comeback> comeback = Optional.empty();
  private Optional<Instant> woken = Optional.empty();
  private boolean paused;

  ScheduledQueue(RateLimitedInstancesApi limited, ResourceId ours, World world) {
    this.limited = limited;
    this.world = world;
    limited.onReserved(resource -> {
      if (resource.equals(ours)) {
        reserved();
      }
    });
  }

  /** Another resource has the permit when the next reconcile asks for it. */
  void fill(Comeback how) {
    full = Optional.of(how);
  }

  /** Whether that came to pass; it does no more from now on. */
  boolean wasFull() {
    boolean asked = full.isEmpty();
    full = Optional.empty();
    return asked;
  }

  /** When the resource hears of its place; empty when it does not. */
  Optional<Instant> wokenAt() {
    return woken;
  }

  /** Whether the account was paused for the last reconcile, which then found out nothing. */
  boolean wasPaused() {
    return paused;
  }

  /** A reconcile begins. */
  void begins() {
    paused = false;
    if (woken.filter(then -> !then.isAfter(world.time().now())).isPresent()) {
      woken = Optional.empty();
      if (comeback.equals(Optional.of(Comeback.RESERVATION_EXPIRED))) {
        fill(Comeback.WOKEN);
      }
    }
  }

  private void reserved() {
    Instant now = world.time().now();
    woken =
        switch (comeback.orElse(Comeback.WOKEN)) {
          case WOKEN, BEHIND_A_GONE_RESOURCE, LEADER_CHANGED -> Optional.of(now);
          case WOKEN_LATE -> Optional.of(now.plus(LATE));
          case RESERVATION_EXPIRED -> Optional.of(now.plus(TOO_LATE));
          case NEVER_WOKEN -> Optional.empty();
        };
  }

  @Override
  public <T> Optional<T> withPermit(
      AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
    try {
      return admitted(account, resource, priority, reconcile);
    } catch (InstancesApiException e) {
      paused = e.failure() instanceof RemoteFailure.NotSent;
      throw e;
    }
  }

  private <T> Optional<T> admitted(
      AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
    Supplier<Optional<T>> ask = () -> limited.withPermit(account, resource, priority, reconcile);
    if (full.isEmpty()) {
      return ask.get();
    }
    comeback = full;
    full = Optional.empty();
    Supplier<Optional<T>> whileBusy =
        () -> {
          if (comeback.equals(Optional.of(Comeback.BEHIND_A_GONE_RESOURCE))) {
            inAnotherThread(() -> limited.withPermit(account, GONE, priority, () -> true));
          }
          return inAnotherThread(ask);
        };
    return limited.withPermit(account, BUSY, Priority.CHANGES, whileBusy).orElseGet(ask);
  }

  /** A permit belongs to its thread. */
  private static <T> T inAnotherThread(Supplier<T> work) {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<T> done = thread.submit(work::get);
      return done.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new CompletionException(e.getCause());
    }
  }

  @Override
  public Optional<Duration> waited(ResourceId resource) {
    return limited.waited(resource);
  }

  @Override
  public void withdraw(ResourceId resource) {
    limited.withdraw(resource);
  }
}
