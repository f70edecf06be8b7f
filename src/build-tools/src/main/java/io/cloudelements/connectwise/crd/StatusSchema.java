package io.cloudelements.connectwise.crd;

import io.cloudelements.connectwise.instance.State;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What the API server checks in {@code status}: types and shapes that the operator keeps by
 * construction, and no bound that something remote could break, since a refused status is a lost
 * one.
 */
final class StatusSchema {
  private StatusSchema() {}

  static void constrain(Schema status) {
    status.description("What the operator last saw and did. Written by the operator only.");
    status.field("observedGeneration").int64().atLeast(0);
    status.field("state").oneOf(Arrays.stream(State.values()).map(State::key));
    status.field("instanceId").int64();
    status.field("duplicates").listAsSet().items().int64();
    status.field("provisioning").field("attempt").int32().atLeast(1);
    status.field("provisioning").field("startedAt").dateTime();
    conditions(status.field("conditions"));
  }

  /** As {@code metav1.Condition} documents itself. */
  private static void conditions(Schema conditions) {
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
        .description("Ready, Synced, Reconciling or Stalled.");
  }
}
