package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KstatusTest {
  /** A resource on hold is what it was before: usable, or not yet. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void mapsEveryStateToAResult(StatusFixture fixture) {
    // Given
    Map<String, Object> resource = fixture.resource();
    // When
    Kstatus result = Kstatus.of(resource);
    // Then
    assertThat(result)
        .isEqualTo(
            switch (fixture.expected()) {
              case HEALTHY -> Kstatus.CURRENT;
              case PROGRESSING -> Kstatus.IN_PROGRESS;
              case FAILED -> Kstatus.FAILED;
              case ON_HOLD -> fixture.usable() ? Kstatus.CURRENT : Kstatus.IN_PROGRESS;
            });
  }

  @Test
  void anUnobservedGenerationIsInProgress() {
    // Given
    StatusFixture fixture = new StatusFixture(Reason.ACCOUNT_REJECTED, true, true);
    // When
    Kstatus result = Kstatus.of(fixture.resource());
    // Then
    assertThat(result).isEqualTo(Kstatus.IN_PROGRESS);
  }

  /** A tool that waits for a deletion must not report a failure or an early success. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void aResourceUnderDeletionIsTerminating(StatusFixture fixture) {
    // Given
    Map<String, Object> resource = fixture.underDeletion();
    // When
    Kstatus result = Kstatus.of(resource);
    // Then
    assertThat(result).isEqualTo(Kstatus.TERMINATING);
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
    Kstatus result = Kstatus.of(resource);
    // Then
    assertThat(result).isEqualTo(Kstatus.CURRENT);
  }

  /** The order of the conditions decides between these two, so only one may be there. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void noStateIsBothReconcilingAndStalled(StatusFixture fixture) {
    // Given
    Map<?, ?> status = (Map<?, ?>) fixture.resource().get("status");
    // When
    Optional<String> reconciling = Kstatus.condition(status, "Reconciling");
    // Then
    assertThat(reconciling.isPresent() && Kstatus.condition(status, "Stalled").isPresent())
        .isFalse();
  }
}
