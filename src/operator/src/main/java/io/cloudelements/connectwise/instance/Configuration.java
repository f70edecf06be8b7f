package io.cloudelements.connectwise.instance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The configuration entries that are sent with an instance (contract §9).
 *
 * @param entries every entry by its full name; values are kept as secrets, whether they are or not
 * @param plain names of the entries whose value is no secret and may be compared with what the
 *     service shows
 * @param ignored keys of the Secret that look like entries and are not sent; the first few, and
 *     then how many more
 */
public record Configuration(
    SortedMap<String, SecretValue> entries, Set<String> plain, List<String> ignored) {
  public static final Configuration EMPTY = new Configuration(new TreeMap<>(), Set.of());

  public Configuration {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    plain = Set.copyOf(plain);
    ignored = List.copyOf(ignored);
  }

  /** One from a Secret that holds nothing else. */
  public Configuration(SortedMap<String, SecretValue> entries, Set<String> plain) {
    this(entries, plain, List.of());
  }

  /**
   * HMAC of the entries, keyed by the instance's token: it detects a rotation, and without the
   * token it cannot be used to try passwords.
   */
  public String fingerprint(SecretValue token) {
    List<String> parts = new ArrayList<>();
    entries.forEach((key, value) -> {
      parts.add(key);
      parts.add(value.reveal());
    });
    return Fingerprint.hmacSha256(token, parts);
  }

  /**
   * Names of plain entries that the service shows with another value. An entry that it does not
   * show, or shows masked (contract §8.7), is unknown and never counted.
   */
  public SortedSet<String> differing(Map<String, String> shown) {
    SortedSet<String> names = new TreeSet<>();
    entries.forEach((key, value) -> {
      String seen = shown.get(key);
      if (plain.contains(key)
          && seen != null
          && !seen.equals(MASK)
          && !seen.equals(value.reveal())) {
        names.add(key);
      }
    });
    return names;
  }

  /** The values that are secret. */
  public List<SecretValue> secrets() {
    return entries.entrySet().stream()
        .filter(entry -> !plain.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What the service shows in place of a secret (contract §3). */
  public static final String MASK = "********";
}
