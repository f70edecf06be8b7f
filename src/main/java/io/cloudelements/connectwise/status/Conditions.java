package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions that one verdict means, merged with the previous ones. */
record Conditions(
    Optional<ConnectWiseInstanceStatus> previous,
    long generation,
    Outcome outcome,
    boolean sameInstance,
    Instant now) {

  /** The longest message; a condition may carry more, a terminal may not. */
  static final int MAX_MESSAGE = 1024;

  private enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String label;

    Truth(String label) {
      this.label = label;
    }
  }

  List<Condition> all() {
    return Stream.of(ready(), synced(), reconciling(), stalled())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Condition> ready() {
    return switch (outcome.reason().kind()) {
      case READY, REFUSED -> is(ConditionType.READY, Truth.TRUE);
      case DEGRADED, STALLED, DELETING, DELETION_BLOCKED, FINISHED ->
          is(ConditionType.READY, Truth.FALSE);
      case UNKNOWN -> is(ConditionType.READY, Truth.UNKNOWN);
      // What failed, waits or is planned says nothing about an instance that is already in use.
      case PROGRESSING, RETRYING, SUSPENDED, PLANNED ->
          before(ConditionType.READY)
              .filter(_ -> sameInstance && waitKeepsReady())
              .or(() -> is(ConditionType.READY, Truth.FALSE));
    };
  }

  private Optional<Condition> synced() {
    return switch (outcome.reason().kind()) {
      case READY, DEGRADED, PLANNED -> is(ConditionType.SYNCED, Truth.TRUE);
      case PROGRESSING, RETRYING, STALLED, REFUSED, DELETING, DELETION_BLOCKED, FINISHED ->
          is(ConditionType.SYNCED, Truth.FALSE);
      case SUSPENDED, UNKNOWN -> is(ConditionType.SYNCED, Truth.UNKNOWN);
    };
  }

  private Optional<Condition> reconciling() {
    return switch (outcome.reason().kind()) {
      case PROGRESSING, RETRYING, UNKNOWN, DELETING -> is(ConditionType.RECONCILING, Truth.TRUE);
      case READY, DEGRADED, PLANNED, SUSPENDED, STALLED, REFUSED, DELETION_BLOCKED, FINISHED ->
          Optional.empty();
    };
  }

  private Optional<Condition> stalled() {
    return switch (outcome.reason().kind()) {
      case DEGRADED, STALLED, REFUSED, DELETION_BLOCKED -> is(ConditionType.STALLED, Truth.TRUE);
      case READY, PROGRESSING, RETRYING, UNKNOWN, PLANNED, SUSPENDED, DELETING, FINISHED ->
          Optional.empty();
    };
  }

  private Optional<Condition> is(ConditionType type, Truth truth) {
    Optional<Condition> before = before(type);
    Reason reason = outcome.reason();
    String since =
        before
            .filter(condition -> truth.label.equals(condition.getStatus()))
            .filter(_ -> !beginsToWait(type))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return Optional.of(
        new ConditionBuilder()
            .withType(type.label())
            .withStatus(truth.label)
            .withReason(reason.label())
            .withMessage(message(before))
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build());
  }

  /**
   * Whatever was under way before has gone, and this comes in its place: a transition of its own.
   */
  private boolean beginsToWait(ConditionType type) {
    return type == ConditionType.RECONCILING
        && outcome.reason() == Reason.WAITING_FOR_SECRET
        && SecretWait.underWay(previous, generation, now).isEmpty();
  }

  private boolean waitKeepsReady() {
    return outcome.reason() != Reason.WAITING_FOR_SECRET
        || SecretWait.underWay(previous, generation, now)
            .map(wait -> wait.keepsReady(now))
            .orElse(true);
  }

  /** A retry that fails alike has another request id, which alone is no reason to write. */
  private String message(Optional<Condition> before) {
    String suffix = outcome.requestId().map(id -> " (request id " + id + ")").orElse("");
    String text = bounded(outcome.message(), MAX_MESSAGE - suffix.length());
    return before
        .filter(condition -> outcome.reason().label().equals(condition.getReason()))
        .map(Condition::getMessage)
        .filter(Objects::nonNull)
        .filter(old -> old.equals(text) || old.startsWith(text + " (request id "))
        .orElse(text + suffix);
  }

  private static String bounded(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private Optional<Condition> before(ConditionType type) {
    return previous.flatMap(status -> StatusReader.condition(status, type));
  }
}
