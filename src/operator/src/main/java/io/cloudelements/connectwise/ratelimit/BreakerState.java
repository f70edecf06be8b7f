package io.cloudelements.connectwise.ratelimit;

import java.util.Arrays;
import java.util.Optional;

/** The state of an account's circuit breaker, with the number by which a metric tells it. */
public enum BreakerState {
  CLOSED(0),
  /** A probe is due, or on its way. */
  HALF_OPEN(1),
  OPEN(2);

  private final int value;

  BreakerState(int value) {
    this.value = value;
  }

  public int value() {
    return value;
  }

  /** The state of that number, or empty for a number this version does not know. */
  public static Optional<BreakerState> ofValue(int value) {
    return Arrays.stream(values()).filter(state -> state.value == value).findFirst();
  }
}
