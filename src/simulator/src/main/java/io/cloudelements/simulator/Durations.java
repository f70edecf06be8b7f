package io.cloudelements.simulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as people write them: {@code 500ms}, {@code 9s}, {@code 1m30s}, or ISO-8601. */
final class Durations {
  private Durations() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Duration parse(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    try {
      if (upper.endsWith("MS")) {
        return Duration.ofMillis(Long.parseLong(upper.substring(0, upper.length() - 2)));
      }
      return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "Not a time: \"" + text + "\" (write 500ms, 9s or 1m30s)", e);
    }
  }
}
