package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.Optional;

/** The one-word summary in {@code status.state}. */
public enum State {
  PENDING("Pending"),
  PROVISIONING("Provisioning"),
  VALID("Valid"),
  INVALID("Invalid"),
  DISABLED("Disabled"),
  FAILED("Failed"),
  DELETING("Deleting");

  private final String key;

  State(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  public static Optional<State> ofKey(String key) {
    return Arrays.stream(values()).filter(state -> state.key.equals(key)).findFirst();
  }
}
