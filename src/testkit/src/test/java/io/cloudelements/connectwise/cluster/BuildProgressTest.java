package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person is told while Kubernetes is being built. */
class BuildProgressTest {

  /** etcd and kube-apiserver into an empty cache, on two cores that had other work too. */
  private static final Path RECORDED = Path.of("src/testkit/src/test/resources/build-recorded.tsv");

  private final BuildProgress progress = new BuildProgress(1000);

  /** A quarter of the work took a minute, so three quarters take three. */
  @Test
  void theRestIsEstimatedByThePaceSoFar() {
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

  /**
   * Each line: seconds, bytes of source and dependencies of the packages that were compiled by
   * then.
   */
  @Test
  void everyEstimateOfARecordedBuildIsWithinAThird() throws IOException {
    // Given
    List<long[]> recorded =
        Files.readAllLines(RECORDED).stream()
            .map(line -> Stream.of(line.split("\t", -1)).mapToLong(Long::parseLong).toArray())
            .toList();
    long[] last = recorded.getLast();
    BuildProgress build = new BuildProgress(CompileWork.of(last[1], last[2]));
    // When
    List<Double> estimates =
        recorded.stream()
            .flatMap(line -> {
              Duration elapsed = Duration.ofSeconds(line[0]);
              return build.remaining(CompileWork.of(line[1], line[2]), elapsed).stream()
                  .map(left -> (double) elapsed.plus(left).toSeconds() / last[0]);
            })
            .toList();
    // Then
    assertThat(estimates)
        .hasSizeGreaterThan(60)
        .allSatisfy(ratio -> assertThat(ratio).isBetween(2.0 / 3, 4.0 / 3));
  }
}
