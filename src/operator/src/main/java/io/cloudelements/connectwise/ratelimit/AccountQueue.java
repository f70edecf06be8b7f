package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.PauseCause;
import io.cloudelements.connectwise.ratelimit.Admission.PausedUntil;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits the calls to one account: concurrency by priority, {@code Retry-After}, circuit breaker. A
 * resource is in one of three states: in line, with a reserved place until it comes or the
 * reservation expires, or with a permit.
 *
 * <p>Not safe for threads; time comes in.
 */
final class AccountQueue {
  /** From the call of a resource until its reconcile asks for the permit, under load. */
  static final Duration RESERVATION = Duration.ofSeconds(15);

  private record Waiting(Priority priority, Instant since) {}

  private record Reservation(Priority priority, Instant since, Instant expires) {}

  private final AccountKey key;
  private final PriorityLine line;
  private final AccountBreakers breakers;
  private final Map<ResourceId, Waiting> waiting = new HashMap<>();
  private final Map<ResourceId, Reservation> reserved = new HashMap<>();
  private Instant pausedUntil = Instant.MIN;
  private Instant shownUntil = Instant.MIN;

  /**
   * @param places permits of this account
   */
  AccountQueue(AccountKey key, int places, QueueSettings settings) {
    this.key = key;
    this.line = new PriorityLine(places);
    this.breakers = new AccountBreakers(settings.breakerFailures());
  }

  AccountKey key() {
    return key;
  }

  void resize(int places) {
    line.resize(places);
  }

  /**
   * Whether no call may be made now, apart from the breaker's probe that is under way.
   *
   * @param asking of this account, with the secrets of the call
   */
  Optional<PausedUntil> paused(AccountKey asking, Instant now) {
    if (isPausedByService(now)) {
      return Optional.of(new PausedUntil(pausedUntil, new PauseCause.AskedByService(shownUntil)));
    }
    return breakers
        .of(asking, now)
        .remainingWait(now)
        .map(wait -> new PausedUntil(now.plus(wait), new PauseCause.RepeatedFailures()));
  }

  private boolean isPausedByService(Instant now) {
    return now.isBefore(pausedUntil);
  }

  /** Puts a resource in line, or moves it to a more urgent priority than it waits with. */
  void join(ResourceId resource, Priority priority, Instant now) {
    Waiting before = waiting.get(resource);
    if (before != null && before.priority().compareTo(priority) <= 0) {
      return;
    }
    leaveLine(resource);
    waiting.put(resource, new Waiting(priority, before == null ? now : before.since()));
    line.join(priority, resource);
  }

  void leaveLine(ResourceId resource) {
    Waiting before = waiting.remove(resource);
    if (before != null) {
      line.remove(before.priority(), resource);
    }
  }

  /** Since when a resource is in line or has a reservation. */
  Optional<Instant> since(ResourceId resource) {
    return Optional.ofNullable(waiting.get(resource))
        .map(Waiting::since)
        .or(() -> Optional.ofNullable(reserved.get(resource)).map(Reservation::since));
  }

  /** Whether a place can be reserved for a resource in line. While half-open there is one. */
  boolean hasNext(Instant now) {
    boolean oneIsEnough = breakers.allFail(now) && !reserved.isEmpty();
    return line.hasNext() && !isPausedByService(now) && breakers.allowOne(now) && !oneIsEnough;
  }

  /** Reserves a place for the next resource; there must be one. */
  ResourceId reserveNext(Instant now) {
    ResourceId next = line.next().orElseThrow();
    Waiting before = waiting.remove(next);
    if (before == null) {
      throw new IllegalStateException("next in line, and does not wait: " + next);
    }
    reserved.put(next, new Reservation(before.priority(), before.since(), now.plus(RESERVATION)));
    return next;
  }

  boolean isReserved(ResourceId resource) {
    return reserved.containsKey(resource);
  }

  /** Whether the resource has a reservation that has expired. */
  boolean hasExpired(ResourceId resource, Instant now) {
    return Optional.ofNullable(reserved.get(resource))
        .filter(reservation -> !reservation.expires().isAfter(now))
        .isPresent();
  }

  /** Gives up a reservation; its place is free. */
  void cancel(ResourceId resource) {
    Optional.ofNullable(reserved.remove(resource))
        .ifPresent(reservation -> line.leave(reservation.priority()));
  }

  /** Turns a reservation into a permit; there must be one, and no pause. */
  Permit claim(ResourceId resource, AccountKey asking, Instant now) {
    Reservation reservation = Optional.ofNullable(reserved.remove(resource)).orElseThrow();
    return new Permit(asking, reservation.priority(), breakers.of(asking, now).begin());
  }

  /** Whether a call with this permit may be made; as the breaker's probe, where one is due. */
  Optional<PausedUntil> beforeCall(Permit permit, Instant now) {
    if (permit.isProbe() && !isPausedByService(now)) {
      return Optional.empty();
    }
    Optional<PausedUntil> paused = paused(permit.key(), now);
    if (paused.isEmpty()) {
      permit.isProbe(breakers.of(permit.key(), now).begin());
    }
    return paused;
  }

  /**
   * @return whether the answer ends an outage
   */
  boolean answered(Permit permit, Instant now) {
    permit.isProbe(false);
    return breakers.of(permit.key(), now).answered();
  }

  /**
   * @param now on the clock of the queue
   * @param wallClock for the date that is shown
   * @return whether the failure is an answer, and ends an outage
   */
  boolean failed(Permit permit, RemoteFailure failure, Instant now, Instant wallClock) {
    if (failure instanceof RateLimited limited && !limited.isOfProvider()) {
      limited.retryAfter().ifPresent(pause -> pause(pause, now, wallClock));
    }
    boolean probe = permit.isProbe();
    permit.isProbe(false);
    return breakers.of(permit.key(), now).failed(failure, probe, now);
  }

  /** Never shortens an earlier pause. */
  private void pause(Duration pause, Instant now, Instant wallClock) {
    Instant until = now.plus(pause);
    if (until.isAfter(pausedUntil)) {
      pausedUntil = until;
      shownUntil = wallClock.plus(pause);
    }
  }

  /** A permit that is released without a call is no outcome for the breaker. */
  void release(Permit permit, Instant now) {
    breakers.of(permit.key(), now).abandoned(permit.isProbe());
    line.leave(permit.priority());
  }

  /** Whether no resource and no pause needs the account; its breaker may be open. */
  boolean isIdle(Instant now) {
    return isUnused() && !isPausedByService(now);
  }

  /** Whether no resource is in it; a pause may last. */
  boolean isUnused() {
    return line.inside() == 0 && waiting.isEmpty();
  }

  int inFlight() {
    return line.inside() - reserved.size();
  }

  /** Its number in line among those of its priority, 1 is next; empty when it is not in line. */
  Optional<Integer> position(ResourceId resource) {
    return Optional.ofNullable(waiting.get(resource))
        .flatMap(place -> line.position(place.priority(), resource));
  }

  /** In line, or with a reserved place that is not used yet. */
  int waiting(Priority priority) {
    return line.waiting(priority)
        + (int) reserved.values().stream().filter(r -> r.priority() == priority).count();
  }

  BreakerState breakerState(Instant now) {
    return breakers.worst(now);
  }

  Duration retryAfter(Instant now) {
    return isPausedByService(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
  }
}
