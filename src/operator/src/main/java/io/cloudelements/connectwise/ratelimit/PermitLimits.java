package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many permits the owners of account objects want their accounts to have at most. Several
 * objects may open one account; then the lowest limit holds.
 */
final class PermitLimits {
  private record Limit(String fingerprint, int most) {}

  private final Map<ResourceId, Limit> byObject = new HashMap<>();

  /**
   * @param object the account object that says so
   * @param fingerprint of the account that it opens
   * @return the account that it opened before
   */
  Optional<String> set(ResourceId object, String fingerprint, int most) {
    return Optional.ofNullable(byObject.put(object, new Limit(fingerprint, most)))
        .map(Limit::fingerprint);
  }

  /**
   * The object sets no limit any more.
   *
   * @return the account that it limited
   */
  Optional<String> remove(ResourceId object) {
    return Optional.ofNullable(byObject.remove(object)).map(Limit::fingerprint);
  }

  /** The lowest limit of an account; empty: none. */
  OptionalInt lowest(String fingerprint) {
    return byObject.values().stream()
        .filter(limit -> limit.fingerprint().equals(fingerprint))
        .mapToInt(Limit::most)
        .min();
  }
}
