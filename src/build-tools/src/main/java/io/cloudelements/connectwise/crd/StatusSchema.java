package io.cloudelements.connectwise.crd;

import io.cloudelements.connectwise.instance.State;
import java.util.Arrays;

/**
 * What the API server checks in an instance's {@code status}: types and shapes that the operator
 * keeps by construction, and no bound that something remote could break, since a refused status is
 * a lost one.
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
    status.field("nextCheckAt").dateTime();
    ConditionsSchema.constrain(
        status.field("conditions"), "Ready, Synced, Reconciling or Stalled.");
  }
}
