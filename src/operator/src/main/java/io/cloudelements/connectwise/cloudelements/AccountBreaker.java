package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leaves an account alone after repeated failures, so that one bad secret, or a service that is
 * down, costs one probe at a time instead of a retry of every resource. A probe that is answered
 * closes it. A changed secret is another account, with a breaker of its own.
 *
 * <p>Not safe for threads; time comes in.
 */
final class AccountBreaker {
  /** As a metric's value. */
  enum State {
    CLOSED(0),
    /** A probe is due, or on its way. */
    HALF_OPEN(1),
    OPEN(2);

    private final int value;

    State(int value) {
      this.value = value;
    }

    int value() {
      return value;
    }
  }

  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);

  private final String account;
  private final int failuresToOpen;
  private int failures;
  private int failedProbes;
  private Instant probeFrom = Instant.MIN;
  private boolean probing;

  /**
   * @param account its fingerprint: accounts that fail together must not be probed together
   */
  AccountBreaker(String account, int failuresToOpen) {
    this.account = account;
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
   * Whoever may call begins to.
   *
   * @return whether that is the probe, and nobody else may call until it is over
   */
  boolean begin() {
    probing = isOpen();
    return probing;
  }

  /**
   * The service answered, whatever it said: it is there and knows the account.
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
        // One that says until when closes the account by itself.
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

  /** A probe that says nothing leaves its place to another. */
  void abandoned(boolean probe) {
    if (probe) {
      probing = false;
    }
  }

  State state(Instant now) {
    if (!isOpen()) {
      return State.CLOSED;
    }
    return now.isBefore(probeFrom) ? State.OPEN : State.HALF_OPEN;
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

  /** Doubled with every failed probe, and up to a fifth shorter than that. */
  private Duration pause() {
    Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failedProbes, 20));
    Duration bounded = grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
    long permille = Math.floorMod((account + failedProbes).hashCode() * 0x9E3779B1L, 201L);
    return bounded.multipliedBy(1000 - permille).dividedBy(1000);
  }
}
