package io.cloudelements.connectwise.cloudelements;

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
  static final Duration MAX = Duration.ofMinutes(15);

  private static final Pattern SECONDS = Pattern.compile("[+-]?\\d{1,30}");

  private RetryAfter() {}

  /** What an answer asks for; empty when it does not, or in words that make no sense. */
  static Optional<Duration> of(Response response, Instant now) {
    return response
        .header("Retry-After")
        .flatMap(
            header -> parse(header, response.header("Date").flatMap(RetryAfter::date).orElse(now)));
  }

  /**
   * How long to wait, between zero and {@link #MAX}; empty when the header makes no sense.
   *
   * @param now by the clock of the server that wrote the header, which alone its date is about
   */
  static Optional<Duration> parse(String header, Instant now) {
    String value = header.strip();
    if (SECONDS.matcher(value).matches()) {
      BigInteger seconds = new BigInteger(value).max(BigInteger.ZERO);
      return Optional.of(
          Duration.ofSeconds(seconds.min(BigInteger.valueOf(MAX.toSeconds())).longValueExact()));
    }
    return date(value).map(until -> bounded(Duration.between(now, until)));
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
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
