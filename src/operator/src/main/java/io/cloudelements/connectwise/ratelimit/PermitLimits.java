package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many permits the owners of account objects want their accounts to have at most. Several
 * objects may open one account; then the oldest decides, so that a tenant who makes one of its own
 * does not slow the others down.
 */
final class PermitLimits {
  /**
   * @param since when the object was made, as the API server writes it
   * @param most empty: as many as any other account
   */
  record Limit(String fingerprint, String since, Optional<Integer> most) {}

  private final Map<ResourceId, Limit> byObject = new HashMap<>();

  /**
   * @param object the account object that says so
   * @return the account that it opened before
   */
  Optional<String> set(ResourceId object, Limit limit) {
    return Optional.ofNullable(byObject.put(object, limit)).map(Limit::fingerprint);
  }

  /**
   * The object opens no account any more.
   *
   * @return the account that it opened
   */
  Optional<String> remove(ResourceId object) {
    return Optional.ofNullable(byObject.remove(object)).map(Limit::fingerprint);
  }

  /** The limit of an account; empty: none. */
  Optional<Integer> of(String fingerprint) {
    return byObject.entrySet().stream()
        .filter(entry -> entry.getValue().fingerprint().equals(fingerprint))
        .min(
            Comparator.comparing((Map.Entry<ResourceId, Limit> entry) -> entry.getValue().since())
                .thenComparing(entry -> entry.getKey().toString()))
        .flatMap(entry -> entry.getValue().most());
  }
}
