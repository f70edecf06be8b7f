package io.cloudelements.connectwise.instance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go and Kubernetes write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 1.5h},
 * {@code 0}. Settings and {@code spec.resyncInterval} use them, because that is what people of this
 * field type. A sign is refused: nothing here can last less than no time.
 */
public final class GoDuration {
  private static final String TERM = "([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)";
  private static final Pattern TERMS = Pattern.compile(TERM);
  private static final Pattern WHOLE = Pattern.compile("(?:" + TERM + ")+");
  private static final int LONGEST_TEXT = 64;

  // Go counts in a signed 64-bit number of nanoseconds and refuses what does not fit.
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /** The duration, or nothing when the text is not one. Fractions of a nanosecond are cut off. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (text.length() > LONGEST_TEXT || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher terms = TERMS.matcher(text);
    while (terms.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(terms.group(2), 0L));
      nanos = nanos.add(new BigDecimal(terms.group(1)).multiply(unit));
    }
    return nanos.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  /**
   * The shortest text that {@link #parse} reads back as this duration: {@code 1h30m}, not {@code
   * 1h30m0s}; zero is {@code 0s}, less than a second {@code 0.25s}.
   *
   * @throws IllegalArgumentException when the duration is negative
   */
  public static String print(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a negative duration has no text: " + duration);
    }
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.toNanosPart(), 9)
            .add(BigDecimal.valueOf(duration.toSecondsPart()));
    if (seconds.signum() > 0 || text.isEmpty()) {
      text.append(seconds.stripTrailingZeros().toPlainString()).append('s');
    }
    return text.toString();
  }
}
