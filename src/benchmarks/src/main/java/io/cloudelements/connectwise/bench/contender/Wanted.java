package io.cloudelements.connectwise.bench.contender;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The content of every contender's writes and calls, of the size that the operator's have. */
final class Wanted {
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Wanted() {}

  /** The body of {@code POST /instances}. */
  static Map<String, Object> definition(String name, String tag) {
    return Map.of(
        "element",
        Map.of("key", "connectwisehd"),
        "name",
        name,
        "tags",
        List.of("bench", "connectwise-operator", tag),
        "configuration",
        Map.of(
            "helpdesk.connectwise.username", "api1",
            "helpdesk.connectwise.password", "change-me",
            "helpdesk.connectwise.server.url", "https://connectwise.example.com",
            "helpdesk.connectwise.company", "acme"));
  }

  /** The token Secret's values. */
  static Map<String, Object> secretData(long id, String token) {
    return Map.of(
        "type", "connectwise",
        "provider", "cloud-elements",
        "token", token,
        "instance-id", Long.toString(id),
        "element-key", "connectwisehd",
        "hub", "helpdesk",
        "uri", "https://api.cloud-elements.com/elements/api-v2");
  }

  /** The status before the creation. */
  static Map<String, Object> intent() {
    return Map.of(
        "state",
        "Provisioning",
        "observedGeneration",
        1,
        "account",
        "5f2c0c9a1b7e",
        "provisioning",
        Map.of("attempt", 1, "startedAt", now()),
        "conditions",
        conditions("False", "Provisioning"));
  }

  /** The status after it. */
  static Map<String, Object> ready(String name, long id) {
    return Map.of(
        "state",
        "Valid",
        "observedGeneration",
        1,
        "instanceId",
        id,
        "elementKey",
        "connectwisehd",
        "valid",
        true,
        "disabled",
        false,
        "account",
        "5f2c0c9a1b7e",
        "configurationHash",
        "9d5f2c0c9a1b7e5f2c0c9a1b7e5f2c0c9a1b7e5f2c0c9a1b7e5f2c0c9a1b7e11",
        "tokenSecretRef",
        Map.of("name", name + "-token"),
        "conditions",
        conditions("True", "Available"));
  }

  private static List<Map<String, Object>> conditions(String status, String reason) {
    return List.of(condition("Ready", status, reason), condition("Synced", status, reason));
  }

  private static Map<String, Object> condition(String type, String status, String reason) {
    return Map.of(
        "type",
        type,
        "status",
        status,
        "reason",
        reason,
        "message",
        "The instance is what the resource asks for.",
        "observedGeneration",
        1,
        "lastTransitionTime",
        now());
  }

  static String microTime(Instant time) {
    return MICRO_TIME.format(time);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
