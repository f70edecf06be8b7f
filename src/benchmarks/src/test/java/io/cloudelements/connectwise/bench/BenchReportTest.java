package io.cloudelements.connectwise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmark makes of its figures. */
class BenchReportTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;
  private final Results results = new Results();

  /** A run that was cut short must say so, and claim nothing. */
  @Test
  void reportsMeasuredMissedAndMissingResults() throws IOException {
    // Given
    List.of(10.0, 12.0, 30.0)
        .forEach(
            run -> results.add("create-1000", Contender.OPERATOR.label(), Metric.ALL_READY, run));
    results.add("create-1000", Contender.FLOOR.label(), Metric.ALL_READY, 10);
    results.add("create-1000", Contender.OPERATOR.label(), Metric.WRITES_EACH, 4);
    results.remark("start", "left out");
    BenchCase creation =
        new CreateCase(
            "create-1000",
            1_000,
            Duration.ofMillis(50),
            List.of(Contender.OPERATOR, Contender.FLOOR),
            3,
            false,
            Duration.ZERO);
    // When
    new BenchReport(directory, List.of("a machine"), List.of(creation), results).write();
    // Then
    assertThat(Files.readString(directory.resolve("report.md")))
        .contains("| 1,000 created at 50 ms, as a multiple of the floor | ≤ 1.15 | 1.20 | **no** |")
        .contains("| kube writes per creation | ≤ 4 | 4 | yes |")
        .contains("| events per creation | ≤ 1 | – | not measured |")
        .contains("- `start`: left out")
        .contains("| until all are Ready, s | 12 (10–30) | 10 |")
        .contains("![Until 1,000 resources are Ready, 50 ms for a POST](performance/create.svg)")
        .doesNotContain("performance/growth.svg");
    assertThat(directory.resolve("results.json")).content().contains("\"all_ready\"");
  }

  /** Calls that were on their way when the service first refused one are not too early. */
  @Test
  void countsCallsMadeWithinRetryAfter() {
    // Given
    List<SimulatorProcess.JournalLine> calls =
        List.of(call(0, 429), call(60, 429), call(500, 200), call(2_900, 200), call(3_070, 200));
    // When
    long early = RateLimitCase.early(calls);
    // Then
    assertThat(early).isEqualTo(2);
  }

  /** More than an account may have in flight cannot all have been sent before. */
  @Test
  void countsCallsThatCannotHaveBeenInFlight() {
    // Given
    List<SimulatorProcess.JournalLine> calls =
        IntStream.range(0, 18).mapToObj(number -> call(number, 429)).toList();
    // When
    long early = RateLimitCase.early(calls);
    // Then
    assertThat(early).isEqualTo(2);
  }

  private static SimulatorProcess.JournalLine call(long millis, int status) {
    return new SimulatorProcess.JournalLine(
        START.plusMillis(millis), "GET_INSTANCES", "user 1", OptionalInt.of(status));
  }
}
