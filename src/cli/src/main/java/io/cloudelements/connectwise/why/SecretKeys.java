package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.instance.Outcome;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Secret without its values.
 *
 * @param bytes of the value of each key; −1 where it is no Base64
 * @param problem what the operator says of it; empty when it is as it should be
 */
public record SecretKeys(String name, SortedMap<String, Integer> bytes, Optional<Outcome> problem) {
  public SecretKeys {
    bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
  }

  /** Its keys, and what the operator would say of it. */
  public static SecretKeys of(Secret secret, Optional<Outcome> problem) {
    SortedMap<String, Integer> bytes = new TreeMap<>();
    Optional.ofNullable(secret.getData())
        .orElseGet(Map::of)
        .forEach((key, value) -> bytes.put(key, length(value)));
    return new SecretKeys(secret.getMetadata().getName(), bytes, problem);
  }

  private static int length(String encoded) {
    try {
      return Base64.getDecoder().decode(encoded).length;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }
}
