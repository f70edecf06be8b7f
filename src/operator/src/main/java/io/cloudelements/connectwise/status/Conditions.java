package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.BoundedText;
import io.cloudelements.connectwise.instance.HeldStep;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Reason.ConditionStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The conditions that one outcome means, merged with the previous ones. */
record Conditions(
    Optional<ConnectWiseInstanceStatus> previous,
    long generation,
    Outcome outcome,
    boolean sameInstance,
    HeldStep held,
    ManagementPolicy mode,
    Instant now) {

  /** The longest message; a condition may carry more, a terminal may not. */
  static final int MAX_MESSAGE = 1024;

  List<Condition> all() {
    List<Condition> all = new ArrayList<>();
    all.add(ready());
    all.add(is(ConditionType.SYNCED, kind().synced()));
    if (kind().reconciling()) {
      all.add(is(ConditionType.RECONCILING, ConditionStatus.TRUE));
    }
    if (kind().stalled()) {
      all.add(is(ConditionType.STALLED, ConditionStatus.TRUE));
    }
    return all;
  }

  private Condition ready() {
    // A failure, a wait or a plan says nothing about an instance that is already in use.
    boolean unchanged =
        kind().ready() == ConditionStatus.UNCHANGED && sameInstance && waitKeepsReady();
    return before(ConditionType.READY)
        .filter(known -> StatusReader.held(known) == HeldStep.NONE ? unchanged : keepsHold())
        .orElseGet(() -> is(ConditionType.READY, kind().ready()));
  }

  /**
   * The other conditions report other failures. This condition alone records the hold: without a
   * person no other instance may be made, or this one may not be deleted.
   */
  private boolean keepsHold() {
    return switch (held) {
      case NONE -> false;
      case RECREATION -> kind().keepsHold() && outcome.reason() != Reason.RECREATION_HELD;
      case DELETION -> outcome.reason() != Reason.DELETION_HELD;
    };
  }

  private Reason.Kind kind() {
    return outcome.reason().kind();
  }

  private Condition is(ConditionType type, ConditionStatus status) {
    String label = label(status);
    Optional<Condition> before = before(type);
    Reason reason = outcome.reason();
    String since =
        before
            .filter(condition -> label.equals(condition.getStatus()))
            .filter(_ -> !beginsToWait(type))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type.label())
        .withStatus(label)
        .withReason(reason.label())
        .withMessage(message(before, type == ConditionType.SYNCED ? ModeNote.of(mode) : ""))
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }

  /** In a condition {@code UNCHANGED} is False where nothing was said of this instance. */
  private static String label(ConditionStatus status) {
    return switch (status) {
      case TRUE -> "True";
      case FALSE, UNCHANGED -> "False";
      case UNKNOWN -> "Unknown";
    };
  }

  /** It replaces what was under way before, as a transition of its own. */
  private boolean beginsToWait(ConditionType type) {
    return type == ConditionType.RECONCILING
        && SecretWait.isSaidBy(outcome.reason())
        && SecretWait.underWay(previous, generation, now).isEmpty();
  }

  private boolean waitKeepsReady() {
    return outcome.reason() != Reason.WAITING_FOR_SECRET
        || SecretWait.underWay(previous, generation, now)
            .map(wait -> wait.keepsReady(now))
            .orElse(true);
  }

  /** A retry that fails alike has another request id, which alone is no reason to write. */
  private String message(Optional<Condition> before, String note) {
    String suffix = outcome.requestId().map(id -> " (request id " + id + ")").orElse("");
    String text = BoundedText.of(outcome.message(), MAX_MESSAGE - suffix.length() - note.length());
    return before
            .filter(condition -> outcome.reason().label().equals(condition.getReason()))
            .map(Condition::getMessage)
            .filter(Objects::nonNull)
            .map(ModeNote::without)
            .filter(old -> old.equals(text) || old.startsWith(text + " (request id "))
            .orElse(text + suffix)
        + note;
  }

  private Optional<Condition> before(ConditionType type) {
    return previous.flatMap(status -> StatusReader.condition(status, type));
  }
}
