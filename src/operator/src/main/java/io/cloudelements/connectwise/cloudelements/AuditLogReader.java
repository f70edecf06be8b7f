package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.AuditLogAnswer;
import io.cloudelements.connectwise.instance.InstanceCall.ReadAuditLog;
import io.cloudelements.connectwise.instance.VisibleText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads of an audit log who made the last change (contract §11: a list whose items have {@code
 * user_id}, {@code method}, {@code ip_address}, {@code timestamp}; on the wire nothing of it was
 * seen). Nothing else of an item is looked at, and of an item that it does not understand nothing.
 */
final class AuditLogReader {
  /** Characters that are kept of a value. */
  static final int MOST_CHARACTERS = 64;

  private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private record Entry(Instant at, String user, String address) {}

  private AuditLogReader() {}

  /**
   * @param scrubber knows the secrets that the service may quote
   */
  static AuditLogAnswer lastChange(ReadAuditLog call, JsonNode body, SecretScrubber scrubber) {
    if (!body.isArray()) {
      return new AuditLogAnswer.NotTold("its audit log has an unknown form");
    }
    return StreamSupport.stream(body.spliterator(), false)
        .flatMap(item -> entry(item, scrubber).stream())
        // a parameter may be ignored, and what comes later is the operator's own repair
        .filter(entry -> !entry.at().isBefore(call.from()) && !entry.at().isAfter(call.to()))
        .max(Comparator.comparing(Entry::at))
        .<AuditLogAnswer>map(entry ->
            new AuditLogAnswer.Told(
                entry.user(),
                entry.address(),
                entry.at().truncatedTo(ChronoUnit.SECONDS).toString()))
        .orElseGet(() -> new AuditLogAnswer.NotTold("its audit log has no change of that time"));
  }

  private static Optional<Entry> entry(JsonNode item, SecretScrubber scrubber) {
    boolean change =
        CHANGES.contains(item.path("method").asText("").strip().toUpperCase(Locale.ROOT));
    Optional<Instant> at = time(item.path("timestamp"));
    Optional<String> user = value(item.path("user_id"), scrubber);
    return change && at.isPresent()
        ? user.map(id ->
            new Entry(
                at.get(),
                id,
                value(item.path("ip_address"), scrubber).orElse("an unknown address")))
        : Optional.empty();
  }

  private static Optional<String> value(JsonNode node, SecretScrubber scrubber) {
    return node.isTextual() || node.isIntegralNumber()
        ? scrubber.clean(node.asText()).map(VisibleText::line).map(AuditLogReader::bounded)
        : Optional.empty();
  }

  private static String bounded(String text) {
    return text.codePointCount(0, text.length()) <= MOST_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS - 1)) + "…";
  }

  /** As the platform writes dates elsewhere (contract §3), or as milliseconds. */
  private static Optional<Instant> time(JsonNode node) {
    try {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? Optional.of(Instant.ofEpochMilli(node.longValue()))
          : Optional.of(OffsetDateTime.parse(node.asText()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
