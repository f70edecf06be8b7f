package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What the condition {@code Synced} says of an operating mode that lets the operator do less. It
 * tells under which mode the resource was last reconciled, so that it stays true in a status that
 * is not written again when the mode ends.
 */
final class ModeNote {
  private static final List<String> ALL =
      Arrays.stream(ManagementPolicy.values())
          .map(ModeNote::of)
          .filter(note -> !note.isEmpty())
          .toList();

  private ModeNote() {}

  /** Behind the message; empty where the operator manages. */
  static String of(ManagementPolicy mode) {
    return switch (mode) {
      case MANAGE -> "";
      case OBSERVE ->
          " Seen in OPERATING_MODE Observe, in which nothing is changed at the service.";
      case PLAN ->
          " Seen in OPERATING_MODE Plan, in which nothing is changed at the service and no Secret"
              + " is written.";
    };
  }

  /** The message alone. */
  static String without(String message) {
    return ALL.stream()
        .filter(message::endsWith)
        .map(note -> message.substring(0, message.length() - note.length()))
        .findFirst()
        .orElse(message);
  }

  /** The same conditions with their messages alone. */
  static List<Condition> without(List<Condition> conditions) {
    return conditions.stream()
        .map(condition ->
            Objects.isNull(condition.getMessage())
                ? condition
                : new ConditionBuilder(condition)
                    .withMessage(without(condition.getMessage()))
                    .build())
        .toList();
  }
}
