package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.Optional;

/** How much the operator may do for a resource; each constant lets it do less than the former. */
public enum ManagementPolicy {
  /** Create, change, repair, delete. */
  MANAGE("Manage"),
  /** Remote reads only; writes the token Secret and the status. */
  OBSERVE("Observe"),
  /** Remote reads only and no Secret; the status lists what {@link #MANAGE} would do next. */
  PLAN("Plan");

  private final String key;

  ManagementPolicy(String key) {
    this.key = key;
  }

  /** The value in {@code spec.managementPolicy}. */
  public String key() {
    return key;
  }

  /** The one of both that lets the operator do less. */
  public ManagementPolicy lowest(ManagementPolicy other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public static Optional<ManagementPolicy> ofKey(String key) {
    return Arrays.stream(values()).filter(policy -> policy.key.equals(key)).findFirst();
  }
}
