package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.AuditLogAnswer;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import io.cloudelements.connectwise.ratelimit.Admission.PauseCause;
import io.cloudelements.connectwise.ratelimit.Admission.PausedUntil;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Limits the calls to each account. The reconcile of a resource gets one permit for all its calls,
 * or is queued. A call without a permit, as of a drift listing or of the check of an account
 * object, waits for one in its thread, for a bounded time. No call is sent during a pause of its
 * account.
 */
public final class RateLimitedInstancesApi implements InstancesApi, CallPermits {
  private final InstancesApi inner;
  private final RateLimiter limiter;
  private final BlockingAdmission blocking;
  private final Duration maxWait;
  private final InstantSource wallClock;
  private final InstantSource steadyClock;
  private final ScopedValue<Permit> held = ScopedValue.newInstance();
  private volatile AnswerListener answers = (_, _) -> {};
  private volatile Consumer<ResourceId> reservations = _ -> {};

  /**
   * @param wallClock for the windows of creations, and for dates that are shown
   * @param steadyClock for waits; may not jump
   */
  public RateLimitedInstancesApi(
      InstancesApi inner,
      QueueSettings settings,
      InstantSource wallClock,
      InstantSource steadyClock,
      QueueObserver observer) {
    this.inner = inner;
    this.limiter = new RateLimiter(settings, wallClock, steadyClock, observer);
    this.blocking = new BlockingAdmission(limiter, observer);
    this.maxWait = settings.maxWait();
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
    limiter.onReserved(this::reserved);
  }

  /**
   * The number of a resource in line at its account, among those of its priority; 1 is next. Empty
   * when it is in no line.
   */
  public Optional<Integer> position(ResourceId resource) {
    return limiter.position(resource);
  }

  /** Sets the listener for answers; it replaces the former one. */
  public void onAnswer(AnswerListener listener) {
    answers = listener;
  }

  /** Sets the listener for reserved permits; it replaces the former one. */
  public void onReserved(Consumer<ResourceId> listener) {
    reservations = listener;
  }

  /**
   * Bounds the permits of an account, whose owner may want fewer than it would have.
   *
   * @param object the account object that says so
   * @param since when it was made, as the API server writes it; the oldest of those that open the
   *     account decides
   * @param most empty: as many as any other account
   */
  public void limit(ResourceId object, String since, String fingerprint, Optional<Integer> most) {
    limiter.limit(object, new PermitLimits.Limit(fingerprint, since, most));
  }

  /** The account object opens no account any more, or is gone. */
  public void unlimit(ResourceId object) {
    limiter.unlimit(object);
  }

  /** From now on nothing is admitted, and no wait lasts; calls under way may finish. */
  public void stop() {
    blocking.stop();
  }

  @Override
  public <T> Optional<T> withPermit(
      AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
    if (holdsPermitOf(account)) {
      // These are its calls: what is written after them needs no permit.
      return Optional.of(with(held.get(), reconcile));
    }
    return switch (limiter.admit(account, resource, priority)) {
      case Admitted(Permit permit) -> Optional.of(with(permit, reconcile));
      case Queued _ -> Optional.empty();
      case PausedUntil paused -> throw notSent(account, paused);
    };
  }

  @Override
  public Optional<Duration> waited(ResourceId resource) {
    return limiter.waited(resource);
  }

  @Override
  public void withdraw(ResourceId resource) {
    limiter.withdraw(resource);
  }

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    AccountKey key = access.account().key();
    return holdsPermitOf(key)
        ? send(access, call, held.get())
        : with(awaitPermit(key, priority(call)), () -> send(access, call, held.get()));
  }

  private boolean holdsPermitOf(AccountKey account) {
    return held.isBound()
        && !held.get().isReleased()
        && held.get().key().fingerprint().equals(account.fingerprint());
  }

  private <T> T with(Permit permit, Supplier<T> work) {
    try {
      return ScopedValue.where(held, permit).call(work::get);
    } finally {
      limiter.release(permit);
    }
  }

  /**
   * Listings show drift, and an audit log who caused it; what else is called without a permit is
   * asked for by a person.
   */
  private static Priority priority(InstanceCall<?> call) {
    return switch (call.kind()) {
      case LIST, AUDIT_LOG -> Priority.DRIFT;
      case CREATE, READ, FIND, ORGANIZATION, PATCH, REPLACE, ENABLE, DISABLE, DELETE ->
          Priority.CHANGES;
    };
  }

  private Permit awaitPermit(AccountKey account, Priority priority) {
    try {
      return switch (blocking.admit(account, priority, maxWait)) {
        case Admitted(Permit permit) -> permit;
        case Queued _ -> throw new InstancesApiException(late(account));
        case PausedUntil paused -> throw notSent(account, paused);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstancesApiException(NotSent.stopped());
    }
  }

  private <T> T send(AccountAccess access, InstanceCall<T> call, Permit permit) {
    Optional<PausedUntil> paused = limiter.beforeCall(permit);
    if (paused.isPresent()) {
      throw notSent(permit.key(), paused.get());
    }
    if (!call.sendWindow().isOpen(wallClock.instant())) {
      throw new InstancesApiException(NotSent.expired());
    }
    try {
      T answer = inner.call(access, call);
      if (provesAccount(answer)) {
        answers.answered(permit.key().fingerprint(), limiter.answered(permit));
      }
      return answer;
    } catch (InstancesApiException e) {
      if (limiter.failed(permit, e.failure())) {
        answers.answered(permit.key().fingerprint(), true);
      }
      throw e;
    }
  }

  /**
   * Not after a 401 that may concern one call alone, or what else an audit log fails with: neither
   * a failure nor the end of an outage.
   */
  private static boolean provesAccount(Object answer) {
    return !(answer instanceof OrganizationAnswer.NotTold
        || answer instanceof AuditLogAnswer.NotTold);
  }

  private void reserved(ResourceId resource) {
    if (!blocking.reserved(resource)) {
      reservations.accept(resource);
    }
  }

  private NotSent late(AccountKey account) {
    return limiter.isStopped()
        ? NotSent.busy("the operator stops", Optional.empty())
        : NotSent.busy(
            "account " + account.fingerprint() + " is busy, and no permit was free in time",
            Optional.of(Duration.ZERO));
  }

  private InstancesApiException notSent(AccountKey account, PausedUntil paused) {
    Duration wait = Duration.between(steadyClock.instant(), paused.until());
    return new InstancesApiException(
        NotSent.until(
            text(account.fingerprint(), paused.cause()), wait.isNegative() ? Duration.ZERO : wait));
  }

  private static String text(String account, PauseCause cause) {
    return switch (cause) {
      case PauseCause.AskedByService(var until) ->
          "the service asked for no calls to account "
              + account
              + " until "
              + until.plusMillis(999).truncatedTo(ChronoUnit.SECONDS)
              + "; it goes on by itself";
      // Without a date: a resource that is held back again must have nothing new to write.
      case PauseCause.RepeatedFailures _ ->
          "account "
              + account
              + " failed repeatedly; its breaker is open and allows one probe at a time, "
              + AccountBreaker.LONGEST_PAUSE.toMinutes()
              + " minutes apart at most. It closes when one is answered; if the account is"
              + " wrong, a corrected Secret or spec.baseUrl is used at once";
    };
  }
}
