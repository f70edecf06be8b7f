package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Backoff;
import io.cloudelements.connectwise.instance.Jitter;
import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The circuit breaker of the secrets that open an account: after repeated failures one bad secret,
 * or a service that is down, costs one probe at a time instead of a retry of every resource. A
 * probe that is answered closes it. Other secrets have a breaker of their own, also those of the
 * same organization.
 *
 * <p>Not safe for threads; time comes in.
 */
final class AccountBreaker {
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Backoff PAUSES = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);

  private final String secrets;
  private final int failuresToOpen;
  private int failures;
  private int failedProbes;
  private Instant probeFrom = Instant.MIN;
  private boolean probing;

  /**
   * @param secrets their fingerprint: what fails together must not be probed together
   */
  AccountBreaker(String secrets, int failuresToOpen) {
    this.secrets = secrets;
    this.failuresToOpen = failuresToOpen;
  }

  /** How long a call has to wait; empty when it may be made, as the probe where one is due. */
  Optional<Duration> remainingWait(Instant now) {
    return switch (state(now)) {
      case CLOSED -> Optional.empty();
      case HALF_OPEN -> probing ? Optional.of(PROBE_PATIENCE) : Optional.empty();
      case OPEN -> Optional.of(Duration.between(now, probeFrom));
    };
  }

  /**
   * A permitted call begins.
   *
   * @return whether that is the probe; no other call is made until it ends
   */
  boolean begin() {
    probing = isOpen();
    return probing;
  }

  /**
   * The service answered: it is reachable and knows the account.
   *
   * @return whether that ends an outage
   */
  boolean answered() {
    boolean recovered = isOpen();
    failures = 0;
    failedProbes = 0;
    probing = false;
    return recovered;
  }

  /**
   * The call ended in a failure.
   *
   * @param probe what {@link #begin} said of it
   * @return whether that is an answer, and ends an outage
   */
  boolean failed(RemoteFailure failure, boolean probe, Instant now) {
    return switch (failure) {
      case RemoteFailure.AccountRejected _,
          RemoteFailure.TimedOut _,
          RemoteFailure.Unreachable _,
          RemoteFailure.ConnectionLost _,
          RemoteFailure.UnexpectedAnswer _ ->
          count(probe, now);
      case RemoteFailure.ServiceFailed f -> {
        // A 5xx with ConnectWise's own words is about one instance, not about the account.
        if (f.answer().providerMessage().isPresent()) {
          yield answered();
        }
        yield count(probe, now);
      }
      case RemoteFailure.RateLimited f -> {
        if (f.isOfProvider()) {
          yield answered();
        }
        // With Retry-After the queue pauses the account, so the breaker counts nothing.
        if (f.retryAfter().isPresent()) {
          answered();
          yield false;
        }
        yield count(probe, now);
      }
      case RemoteFailure.NotSent _ -> {
        abandoned(probe);
        yield false;
      }
      case RemoteFailure.AccessDenied _,
          RemoteFailure.ProviderRejected _,
          RemoteFailure.NotFound _,
          RemoteFailure.InUse _ ->
          answered();
    };
  }

  /** A probe without an outcome is given up; the next call may be the probe. */
  void abandoned(boolean probe) {
    if (probe) {
      probing = false;
    }
  }

  BreakerState state(Instant now) {
    if (!isOpen()) {
      return BreakerState.CLOSED;
    }
    return now.isBefore(probeFrom) ? BreakerState.OPEN : BreakerState.HALF_OPEN;
  }

  private boolean isOpen() {
    return failures >= failuresToOpen;
  }

  private boolean count(boolean probe, Instant now) {
    if (!isOpen()) {
      failures++;
      if (isOpen()) {
        probeFrom = now.plus(pause());
      }
    } else if (probe) {
      // Calls that were in flight when it opened say nothing new, however many they are.
      failedProbes++;
      probing = false;
      probeFrom = now.plus(pause());
    }
    return false;
  }

  /** Up to a fifth shorter than the backoff. */
  private Duration pause() {
    Duration grown = PAUSES.after(failedProbes);
    return grown.minus(Jitter.upTo(grown.dividedBy(5), secrets + failedProbes));
  }
}
