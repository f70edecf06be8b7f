package io.cloudelements.connectwise.gitops;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tools that know no more than kstatus' rules (Flux without expressions, kpt, {@code kubectl
 * wait} for Ready) make of a resource. The rules, as sigs.k8s.io/cli-utils publishes them for a
 * custom resource: being deleted is Terminating; another observed generation, if there is one, is
 * InProgress; then Reconciling is InProgress, Stalled is Failed; then Ready, if there, is Current
 * when True, else InProgress.
 */
enum Kstatus {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  static Kstatus of(Map<String, Object> resource) {
    Map<?, ?> metadata = (Map<?, ?>) resource.get("metadata");
    if (metadata.containsKey("deletionTimestamp")) {
      return TERMINATING;
    }
    Map<?, ?> status = (Map<?, ?>) resource.getOrDefault("status", Map.of());
    Number observed = (Number) status.get("observedGeneration");
    Number generation = (Number) metadata.get("generation");
    if (observed != null && observed.longValue() != generation.longValue()) {
      return IN_PROGRESS;
    }
    if (condition(status, "Reconciling").equals(Optional.of("True"))) {
      return IN_PROGRESS;
    }
    if (condition(status, "Stalled").equals(Optional.of("True"))) {
      return FAILED;
    }
    return condition(status, "Ready")
        .map(ready -> ready.equals("True") ? CURRENT : IN_PROGRESS)
        .orElse(CURRENT);
  }

  /** The status of a condition. */
  static Optional<String> condition(Map<?, ?> status, String type) {
    List<?> conditions = Optional.ofNullable((List<?>) status.get("conditions")).orElse(List.of());
    return conditions.stream()
        .map(Map.class::cast)
        .filter(condition -> type.equals(condition.get("type")))
        .map(condition -> (String) condition.get("status"))
        .findFirst();
  }
}
