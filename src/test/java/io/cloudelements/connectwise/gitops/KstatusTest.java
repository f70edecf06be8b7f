package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tools that know no more than kstatus' rules (Flux without expressions, kpt, {@code kubectl
 * wait} for Ready) make of a resource. The rules, as sigs.k8s.io/cli-utils publishes them for a
 * custom resource: being deleted is Terminating; another observed generation is InProgress; then
 * Reconciling is InProgress, Stalled is Failed; then Ready, if there, is Current when True, else
 * InProgress.
 */
class KstatusTest {
  private enum Result {
    CURRENT,
    IN_PROGRESS,
    FAILED
  }

  /** A resource on hold is what it was before: usable, or not yet. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void everyStateHasItsResult(StatusFixture fixture) {
    // Given
    Map<String, Object> resource = fixture.resource();
    // When
    Result result = compute(resource);
    // Then
    assertThat(result)
        .isEqualTo(
            switch (fixture.expected()) {
              case HEALTHY -> Result.CURRENT;
              case PROGRESSING -> Result.IN_PROGRESS;
              case FAILED -> Result.FAILED;
              case ON_HOLD -> fixture.usable() ? Result.CURRENT : Result.IN_PROGRESS;
            });
  }

  @Test
  void aChangeThatTheOperatorHasNotSeenIsInProgress() {
    // Given
    StatusFixture fixture = new StatusFixture(Reason.ACCOUNT_REJECTED, true, true);
    // When
    Result result = compute(fixture.resource());
    // Then
    assertThat(result).isEqualTo(Result.IN_PROGRESS);
  }

  private static Result compute(Map<String, Object> resource) {
    Map<?, ?> status = (Map<?, ?>) resource.get("status");
    Number observed = (Number) status.get("observedGeneration");
    Number generation = (Number) ((Map<?, ?>) resource.get("metadata")).get("generation");
    if (observed.longValue() != generation.longValue()) {
      return Result.IN_PROGRESS;
    }
    if (condition(status, "Reconciling").equals(Optional.of("True"))) {
      return Result.IN_PROGRESS;
    }
    if (condition(status, "Stalled").equals(Optional.of("True"))) {
      return Result.FAILED;
    }
    return condition(status, "Ready")
        .map(ready -> ready.equals("True") ? Result.CURRENT : Result.IN_PROGRESS)
        .orElse(Result.CURRENT);
  }

  private static Optional<String> condition(Map<?, ?> status, String type) {
    return ((List<?>) status.get("conditions"))
        .stream()
            .map(Map.class::cast)
            .filter(condition -> type.equals(condition.get("type")))
            .map(condition -> (String) condition.get("status"))
            .findFirst();
  }
}
