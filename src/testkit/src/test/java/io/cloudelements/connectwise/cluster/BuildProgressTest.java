package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person is told while Kubernetes is being built. */
class BuildProgressTest {

  private final BuildProgress progress =
      new BuildProgress(
          List.of(
              new BuildProgress.Step("etcd", Duration.ofSeconds(30)),
              new BuildProgress.Step("kube-apiserver", Duration.ofSeconds(210)),
              new BuildProgress.Step("kubectl", Duration.ofSeconds(60))));

  /** The first estimate has nothing to go by but the measured times. */
  @Test
  void startsFromTheMeasuredTimes() {
    // When
    String line = progress.line(Duration.ofSeconds(10));
    // Then
    assertThat(line).isEqualTo("  [1 of 3] etcd                     0:10 elapsed, about 4:50 left");
  }

  /** On a machine half as fast the rest takes twice as long. */
  @Test
  void scalesByTheFinishedSteps() {
    // Given
    progress.finished(Duration.ofSeconds(60));
    // When
    String line = progress.line(Duration.ofSeconds(20));
    // Then
    assertThat(line).isEqualTo("  [2 of 3] kube-apiserver           1:20 elapsed, about 8:40 left");
  }

  /** A step that is overdue says that this machine is slow, and the next ones will be slow too. */
  @Test
  void anOverdueStepExtendsTheRest() {
    // When
    Duration remaining = progress.remaining(Duration.ofSeconds(60));
    // Then
    assertThat(remaining).isEqualTo(Duration.ofSeconds(2 * 270));
  }
}
