package io.cloudelements.connectwise.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * How much one resource may send. It is checked on names and encoded lengths, before any value is
 * decoded: a tenant's Secret of 1 MiB costs no more than reading its keys.
 */
final class EntryBounds {
  static final int MAX_ENTRIES = 256;
  static final int MAX_VALUE_BYTES = 64 * 1024;
  static final int MAX_TOTAL_BYTES = 256 * 1024;

  /** As \u0001. */
  private static final int CONTROL_CHARACTER_BYTES = 6;

  private static final int MOST_BYTES_OF_A_CHARACTER = 3;

  private EntryBounds() {}

  /** What is wrong with so many entries; empty when they may be sent. */
  static List<String> ofCount(long entries, String secretName) {
    return entries <= MAX_ENTRIES
        ? List.of()
        : List.of(
            "Secret "
                + secretName
                + " and spec.configuration have "
                + entries
                + " entries; at most "
                + MAX_ENTRIES
                + " are sent, move the others to another Secret");
  }

  /**
   * @param keys what is read of the Secret
   */
  static List<String> ofSizes(
      SecretContent secret, SortedSet<String> keys, Map<String, String> configuration) {
    List<String> problems = new ArrayList<>();
    long total = configuration.values().stream().mapToLong(EntryBounds::written).sum();
    for (String key : keys) {
      int size = secret.size(key);
      total += size;
      if (size > MAX_VALUE_BYTES) {
        problems.add(
            "key "
                + key
                + " in Secret "
                + secret.name()
                + " has about "
                + size
                + " bytes; at most "
                + MAX_VALUE_BYTES
                + " are sent");
      }
    }
    if (total > MAX_TOTAL_BYTES) {
      problems.add(
          "the entries of Secret "
              + secret.name()
              + " and spec.configuration have about "
              + total
              + " bytes in all; at most "
              + MAX_TOTAL_BYTES
              + " are sent");
    }
    return problems;
  }

  /**
   * Bytes of a text in JSON. Every answer about the instance echoes the entries; without this bound
   * the echo could be six times as long, and too long to be read.
   */
  private static long written(String text) {
    return text.chars()
        .map(unit -> {
          if (unit < ' ') {
            return CONTROL_CHARACTER_BYTES;
          }
          return unit < 0x80 ? 1 : MOST_BYTES_OF_A_CHARACTER;
        })
        .asLongStream()
        .sum();
  }
}
