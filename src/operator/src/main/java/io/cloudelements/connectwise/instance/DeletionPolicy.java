package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.Optional;

/** What happens to the remote instance when its resource is deleted. */
public enum DeletionPolicy {
  DELETE("Delete"),
  RETAIN("Retain");

  private final String key;

  DeletionPolicy(String key) {
    this.key = key;
  }

  /** The value in {@code spec.deletionPolicy}. */
  public String key() {
    return key;
  }

  public static Optional<DeletionPolicy> ofKey(String key) {
    return Arrays.stream(values()).filter(policy -> policy.key.equals(key)).findFirst();
  }
}
