package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leaves an account alone after repeated failures, so that one bad secret, or a service that is
 * down, costs one probe at a time instead of a retry of every resource. A probe that is answered
 * closes it. A changed secret is another account, with a breaker of its own.
 */
final class AccountBreaker {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);

  private final int failuresToOpen;
  private int failures;
  private Instant probeFrom = Instant.MIN;
  private boolean probing;

  AccountBreaker(int failuresToOpen) {
    this.failuresToOpen = failuresToOpen;
  }

  /** Why a call must not be made; empty when it may, or when it is the probe. */
  synchronized Optional<NotSent> refusal(Instant now) {
    if (!isOpen()) {
      return Optional.empty();
    }
    if (now.isBefore(probeFrom)) {
      return held(Duration.between(now, probeFrom));
    }
    if (probing) {
      return held(PROBE_PATIENCE);
    }
    probing = true;
    return Optional.empty();
  }

  /** The service answered, whatever it said: it is there and knows the account. */
  synchronized void answered() {
    failures = 0;
    probing = false;
  }

  /** The call ended in a failure. */
  synchronized void failed(RemoteFailure failure, Instant now) {
    switch (failure) {
      case RemoteFailure.AccountRejected _,
          RemoteFailure.TimedOut _,
          RemoteFailure.Unreachable _,
          RemoteFailure.ConnectionLost _,
          RemoteFailure.UnexpectedAnswer _ ->
          count(now);
      case RemoteFailure.ServiceFailed f -> {
        // A 5xx with ConnectWise's own words is about one instance, not about the account.
        if (f.answer().providerMessage().isPresent()) {
          answered();
        } else {
          count(now);
        }
      }
      case RemoteFailure.NotSent _ -> abandoned();
      case RemoteFailure.AccessDenied _,
          RemoteFailure.ProviderRejected _,
          RemoteFailure.NotFound _,
          RemoteFailure.InUse _,
          RemoteFailure.RateLimited _ ->
          answered();
    }
  }

  /** A probe that says nothing leaves its place to another. */
  synchronized void abandoned() {
    probing = false;
  }

  synchronized boolean isOpen() {
    return failures >= failuresToOpen;
  }

  /** Whether failures are being counted, or a probe is due after them. */
  synchronized boolean isTroubled() {
    return failures > 0;
  }

  private void count(Instant now) {
    failures++;
    probing = false;
    if (isOpen()) {
      int times = Math.min(failures - failuresToOpen, 20);
      Duration pause = FIRST_PAUSE.multipliedBy(1L << times);
      probeFrom = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
  }

  private static Optional<NotSent> held(Duration rest) {
    return Optional.of(
        new NotSent(
            "the account failed repeatedly and is left alone but for one probe at a time",
            Optional.of(rest)));
  }
}
