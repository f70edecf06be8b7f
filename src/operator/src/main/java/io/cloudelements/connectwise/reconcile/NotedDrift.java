package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The drift that a change was made for.
 *
 * @param fields that differed although the resource did not change
 */
record NotedDrift(
    Set<DriftedField> fields, DesiredInstance desired, Consumer<ReconcileEvent> events) {

  /** Before the change. */
  static NotedDrift before(
      Recorded recorded,
      DesiredInstance desired,
      Optional<RemoteInstance> instance,
      Consumer<ReconcileEvent> events) {
    Set<DriftedField> fields =
        instance
            .map(found -> DriftedField.since(recorded, desired, found))
            .orElseGet(() -> EnumSet.noneOf(DriftedField.class));
    fields.forEach(field -> events.accept(new ReconcileEvent.DriftFound(field)));
    return new NotedDrift(fields, desired, events);
  }

  /** After the change: what does not differ any more is repaired. */
  void after(Optional<RemoteInstance> instance) {
    Set<DriftedField> left =
        instance.map(now -> DriftedField.between(desired, now)).orElse(Set.of());
    fields.stream()
        .filter(field -> !left.contains(field))
        .forEach(field -> events.accept(new ReconcileEvent.DriftRepaired(field)));
  }
}
