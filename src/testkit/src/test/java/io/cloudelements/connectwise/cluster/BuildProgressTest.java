package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a person is told while Kubernetes is being built. */
class BuildProgressTest {

  private final BuildProgress progress = new BuildProgress(1000);

  /** A quarter of the work took a minute, so three quarters take three. */
  @Test
  void whatIsLeftGoesOnAtThePaceSoFar() {
    // When
    String line = progress.line("[2 of 2] kube-apiserver", 250, Duration.ofMinutes(1));
    // Then
    assertThat(line)
        .isEqualTo("  [2 of 2] kube-apiserver        1:00 elapsed, 25 % done, about 3:00 left");
  }

  /** An estimate from two packages would be off by a factor. */
  @Test
  void saysNothingBeforeThePaceIsKnown() {
    // When
    String line = progress.line("[1 of 2] etcd", 49, Duration.ofSeconds(10));
    // Then
    assertThat(line).isEqualTo("  [1 of 2] etcd                  0:10 elapsed");
  }

  /** A build that only links again has nothing to go by. */
  @Test
  void anEmptyBuildHasNoEstimate() {
    // When
    var remaining = new BuildProgress(0).remaining(0, Duration.ofSeconds(3));
    // Then
    assertThat(remaining).isEmpty();
  }
}
