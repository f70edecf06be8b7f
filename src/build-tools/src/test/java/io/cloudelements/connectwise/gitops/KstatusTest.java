package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tools that know no more than kstatus' rules (Flux without expressions, kpt, {@code kubectl
 * wait} for Ready) make of a resource. The rules, as sigs.k8s.io/cli-utils publishes them for a
 * custom resource: being deleted is Terminating; another observed generation, if there is one, is
 * InProgress; then Reconciling is InProgress, Stalled is Failed; then Ready, if there, is Current
 * when True, else InProgress.
 */
class KstatusTest {
  private enum Result {
    CURRENT,
    IN_PROGRESS,
    FAILED,
    TERMINATING
  }

  /** A resource on hold is what it was before: usable, or not yet. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void mapsEveryStateToAResult(StatusFixture fixture) {
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
  void anUnobservedGenerationIsInProgress() {
    // Given
    StatusFixture fixture = new StatusFixture(Reason.ACCOUNT_REJECTED, true, true);
    // When
    Result result = compute(fixture.resource());
    // Then
    assertThat(result).isEqualTo(Result.IN_PROGRESS);
  }

  /** Whoever waits for a deletion must not be told that it failed or is done. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void aResourceUnderDeletionIsTerminating(StatusFixture fixture) {
    // Given
    Map<String, Object> resource = new HashMap<>(fixture.resource());
    resource.put(
        "metadata",
        Map.of("name", "acme", "generation", 4L, "deletionTimestamp", "2026-11-24T10:00:00Z"));
    // When
    Result result = compute(resource);
    // Then
    assertThat(result).isEqualTo(Result.TERMINATING);
  }

  /**
   * The one gap in the rules, which the documentation tells: what has no status yet, because no
   * operator runs, is Current.
   */
  @Test
  void aResourceWithoutStatusIsCurrent() {
    // Given
    Map<String, Object> resource = StatusFixture.fresh();
    // When
    Result result = compute(resource);
    // Then
    assertThat(result).isEqualTo(Result.CURRENT);
  }

  /** The order of the conditions decides between these two, so only one may be there. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void noStateIsBothReconcilingAndStalled(StatusFixture fixture) {
    // Given
    Map<?, ?> status = (Map<?, ?>) fixture.resource().get("status");
    // When
    Optional<String> reconciling = condition(status, "Reconciling");
    // Then
    assertThat(reconciling.isPresent() && condition(status, "Stalled").isPresent()).isFalse();
  }

  private static Result compute(Map<String, Object> resource) {
    Map<?, ?> metadata = (Map<?, ?>) resource.get("metadata");
    if (metadata.containsKey("deletionTimestamp")) {
      return Result.TERMINATING;
    }
    Map<?, ?> status = (Map<?, ?>) resource.getOrDefault("status", Map.of());
    Number observed = (Number) status.get("observedGeneration");
    Number generation = (Number) metadata.get("generation");
    if (observed != null && observed.longValue() != generation.longValue()) {
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
    List<?> conditions = Optional.ofNullable((List<?>) status.get("conditions")).orElse(List.of());
    return conditions.stream()
        .map(Map.class::cast)
        .filter(condition -> type.equals(condition.get("type")))
        .map(condition -> (String) condition.get("status"))
        .findFirst();
  }
}
