package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.status.ConditionType;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** What a resource's status says of it. */
record StatusView(ConnectWiseInstance resource) {
  /**
   * The condition that has the cause. Synced tells how the last reconcile ended; only a held
   * recreation is kept by Ready over other failures.
   */
  Optional<Condition> decisive() {
    return condition(ConditionType.READY)
        .filter(ready -> Reason.RECREATION_HELD.label().equals(ready.getReason()))
        .or(() -> condition(ConditionType.SYNCED));
  }

  /** Whether the condition Ready is True, of any generation. */
  boolean isReady() {
    return StatusReader.status(resource).filter(StatusReader::isReady).isPresent();
  }

  /** Whether nothing changes until a person acts. */
  boolean isStalled() {
    return StatusReader.status(resource).filter(StatusReader::isStalled).isPresent();
  }

  /** Whether it is about the spec as it is now. */
  boolean isCurrent() {
    return observed() == generation();
  }

  long observed() {
    return StatusReader.observedGeneration(resource).orElse(0L);
  }

  long generation() {
    return Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(0L);
  }

  private Optional<Condition> condition(ConditionType type) {
    return StatusReader.status(resource).map(ConnectWiseInstanceStatus::conditions).stream()
        .flatMap(conditions -> conditions.stream())
        .filter(condition -> type.label().equals(condition.getType()))
        .findFirst();
  }
}
