package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelValidationException;
import io.cloudelements.connectwise.gitops.FluxHealth.Result;
import io.cloudelements.connectwise.instance.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FluxHealthTest {
  private static final FluxHealth HEALTH = FluxHealth.committed();

  /** Each state has the same health as in Argo CD. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void mapsEveryStateToAResult(StatusFixture fixture) throws CelValidationException {
    // Given
    Map<String, Object> resource = fixture.resource();
    // When
    Result result = HEALTH.of(resource);
    // Then
    assertThat(result)
        .isEqualTo(
            switch (fixture.expected()) {
              case HEALTHY, ON_HOLD -> Result.CURRENT;
              case PROGRESSING -> Result.IN_PROGRESS;
              case FAILED -> Result.FAILED;
            });
  }

  /** A status that is about an older generation says nothing of the change. */
  @Test
  void anUnobservedGenerationIsInProgress() throws CelValidationException {
    // Given
    StatusFixture fixture = new StatusFixture(Reason.AVAILABLE, true, true);
    // When
    Result result = HEALTH.of(fixture.resource());
    // Then
    assertThat(result).isEqualTo(Result.IN_PROGRESS);
  }

  @Test
  void aResourceWithoutStatusIsInProgress() throws CelValidationException {
    // Given
    Map<String, Object> resource = StatusFixture.fresh();
    // When
    Result result = HEALTH.of(resource);
    // Then
    assertThat(result).isEqualTo(Result.IN_PROGRESS);
  }
}
