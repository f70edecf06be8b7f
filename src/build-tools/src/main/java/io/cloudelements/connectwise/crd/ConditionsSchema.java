package io.cloudelements.connectwise.crd;

import java.util.stream.Stream;

/** Conditions as {@code metav1.Condition} documents them. */
final class ConditionsSchema {
  private ConditionsSchema() {}

  /**
   * Constrains a list of conditions.
   *
   * @param types a sentence that names those of this kind
   */
  static void constrain(Schema conditions, String types) {
    Schema condition = conditions.listAsMapOf("type").items();
    condition.required("lastTransitionTime", "message", "reason", "status", "type");
    condition.description("One aspect of the state, and since when it is so.");
    condition
        .field("lastTransitionTime")
        .dateTime()
        .description("When status last changed, not when it was last checked.");
    condition.field("message").atMost(32768).description("What is the matter and what to do.");
    condition
        .field("observedGeneration")
        .int64()
        .atLeast(0)
        .description("The metadata.generation that this condition is about.");
    condition
        .field("reason")
        .length(1, 1024)
        .pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        .description("One word for machines.");
    condition
        .field("status")
        .oneOf(Stream.of("True", "False", "Unknown"))
        .description("Whether the condition holds.");
    condition
        .field("type")
        .length(1, 316)
        .pattern(
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
                + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
        .description(types);
  }
}
