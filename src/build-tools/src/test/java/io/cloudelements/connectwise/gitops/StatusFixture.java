package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.PlannerOutcomes;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A resource in a state that the operator reports, with the status that the operator composes.
 *
 * @param reason why the last reconcile ended as it did
 * @param usable whether the instance was usable before that reconcile
 * @param unseenChange whether its spec was changed since
 */
record StatusFixture(Reason reason, boolean usable, boolean unseenChange) {
  static final String MESSAGE = "What is the matter.";

  private static final long GENERATION = 3;
  private static final Instant BEFORE = Instant.parse("2026-11-24T10:00:00Z");
  private static final Instant NOW = BEFORE.plusSeconds(600);
  private static final Recorded USABLE = PlannerOutcomes.recorded(false, true);

  /** Every reason, of an instance that was usable and of one that was not there yet. */
  static Stream<StatusFixture> all() {
    return Arrays.stream(Reason.values())
        .flatMap(reason ->
            Stream.of(
                new StatusFixture(reason, true, false), new StatusFixture(reason, false, false)));
  }

  /** The resource as a tool reads it: maps, lists, strings, numbers. */
  Map<String, Object> resource() {
    long generation = unseenChange ? GENERATION + 1 : GENERATION;
    return Map.of(
        "apiVersion", "cloudelements.io/v1",
        "kind", "ConnectWiseInstance",
        "metadata", Map.of("name", "acme", "generation", generation),
        "spec", Map.of("hub", "helpdesk"),
        "status",
            new ObjectMapper().convertValue(status(), new TypeReference<Map<String, Object>>() {}));
  }

  /** A resource that the operator has not seen. */
  static Map<String, Object> fresh() {
    return Map.of(
        "apiVersion",
        "cloudelements.io/v1",
        "kind",
        "ConnectWiseInstance",
        "metadata",
        Map.of("name", "acme", "generation", 1L),
        "spec",
        Map.of("hub", "helpdesk"));
  }

  private ConnectWiseInstanceStatus status() {
    if (!usable) {
      Recorded recorded =
          reason == Reason.AWAITING_OUTCOME || reason == Reason.PROVISIONING
              ? Recorded.NOTHING.withIntent(new Intent(1, BEFORE), Optional.empty())
              : Recorded.NOTHING;
      return compose(Optional.empty(), reason, recorded, NOW);
    }
    ConnectWiseInstanceStatus before = compose(Optional.empty(), Reason.AVAILABLE, USABLE, BEFORE);
    return compose(Optional.of(before), reason, USABLE, NOW);
  }

  private static ConnectWiseInstanceStatus compose(
      Optional<ConnectWiseInstanceStatus> previous, Reason reason, Recorded recorded, Instant now) {
    StatusReport report =
        new StatusReport(Outcome.of(reason, MESSAGE), recorded, List.of(), Optional.empty());
    return StatusComposer.compose(previous, GENERATION, report, now);
  }

  /** The resource after its deletion was asked for, and after the operator has seen that. */
  Map<String, Object> underDeletion() {
    Map<String, Object> resource = new HashMap<>(resource());
    Map<String, Object> metadata = new HashMap<>();
    ((Map<?, ?>) resource.get("metadata"))
        .forEach((key, value) -> metadata.put((String) key, value));
    metadata.put("deletionTimestamp", "2026-11-24T10:00:00Z");
    resource.put("metadata", metadata);
    return resource;
  }

  /** The health that a person would name; every tool has to agree. */
  ToolHealth expected() {
    return unseenChange ? ToolHealth.PROGRESSING : ToolHealth.of(reason.kind());
  }
}
