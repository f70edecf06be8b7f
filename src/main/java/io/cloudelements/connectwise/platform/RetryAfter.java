package io.cloudelements.connectwise.platform;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Retry-After}: seconds or an HTTP date (RFC 9110 §10.2.3). */
final class RetryAfter {
  /** No service may silence an account for longer. */
  static final Duration MAX = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("[+-]?\\d{1,30}");

  private RetryAfter() {}

  /** How long to wait, between zero and {@link #MAX}; empty when the header makes no sense. */
  static Optional<Duration> parse(String header, Instant now) {
    String value = header.strip();
    if (SECONDS.matcher(value).matches()) {
      BigInteger seconds = new BigInteger(value).max(BigInteger.ZERO);
      return Optional.of(
          Duration.ofSeconds(seconds.min(BigInteger.valueOf(MAX.toSeconds())).longValueExact()));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, until)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MAX) > 0 ? MAX : wait;
  }
}
