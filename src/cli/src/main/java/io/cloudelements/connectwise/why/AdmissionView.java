package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.ratelimit.BreakerState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the operator says of the account's queue and circuit breaker. */
public sealed interface AdmissionView {
  /**
   * What the operator's page {@code /metrics} says.
   *
   * @param account its fingerprint; empty while none is known
   * @param position of the resource in the queue, where it is in one
   */
  static AdmissionView of(String page, Optional<String> account, Optional<Integer> position) {
    if (!isOfLeader(page)) {
      return new Unreachable("This replica of the operator does not lead; ask the one that does.");
    }
    return account
        .map(fingerprint -> AdmissionMetrics.of(page, fingerprint).view(position))
        .orElseGet(Unused::new);
  }

  /**
   * Whether the page is the one of the replica that reconciles: only that one calls the service.
   */
  static boolean isOfLeader(String page) {
    return AdmissionMetrics.isLeaders(page);
  }

  /** The person did not ask for it. */
  record NotAsked() implements AdmissionView {}

  /**
   * The operator was asked and did not tell.
   *
   * @param why a whole sentence
   */
  record Unreachable(String why) implements AdmissionView {}

  /** The operator has not called the account since its start, or for a while. */
  record Unused() implements AdmissionView {}

  /**
   * What its metrics say of the account.
   *
   * @param inFlight permits in use
   * @param queued reconciles and listings in the queue, by {@code Priority.label()}
   * @param retryAfter how long the service asked for a pause
   * @param position of the resource among those of its priority; empty when it is not queued
   */
  record Told(
      BreakerState breaker,
      int inFlight,
      Map<String, Integer> queued,
      Duration retryAfter,
      Optional<Integer> position)
      implements AdmissionView {
    public Told {
      queued = Map.copyOf(queued);
    }

    int queuedInAll() {
      return queued.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
