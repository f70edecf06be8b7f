package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A storm of 429, each with {@code Retry-After}; the platform's journal tells who came too early.
 */
record RateLimitCase(String name, int count, int refusals) implements BenchCase {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

  /** A call that was under way when the first 429 was written is not early. */
  private static final Duration UNDER_WAY = Duration.ofMillis(100);

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int TOO_MANY = 429;

  @Override
  public String about() {
    return "%d resources of one account, whose first %d calls are answered 429 with Retry-After: %d. Early is a call that arrives later than %d ms after a 429 and before its Retry-After is over."
        .formatted(count, refusals, RETRY_AFTER.toSeconds(), UNDER_WAY.toMillis());
  }

  @Override
  public Duration expected() {
    return Duration.ofSeconds(100);
  }

  @Override
  public void run(Lab lab, Results results) {
    BenchAccount account = new BenchAccount("storm");
    BenchResources population = lab.population("storm", account, Duration.ofMillis(50));
    lab.simulator().refuse(account, refusals, RETRY_AFTER);
    population.resources("r", count, account);
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "storm");
        Running running = Contender.OPERATOR.launch(lab, "storm", Map.of())) {
      try {
        long end = watch.awaitReady(count, LIMIT, running.process()::requireAlive);
        results.add(
            name,
            Contender.OPERATOR.label(),
            Metric.ALL_READY,
            Limits.seconds(end - running.begin()));
      } finally {
        count(lab.simulator().journal(), results);
      }
    }
  }

  private void count(List<SimulatorProcess.Call> calls, Results results) {
    String operator = Contender.OPERATOR.label();
    results.add(name, operator, Metric.REMOTE_CALLS, calls.size());
    results.add(
        name, operator, Metric.REFUSED, calls.stream().filter(RateLimitCase::refused).count());
    results.add(name, operator, Metric.TOO_EARLY, early(calls));
  }

  private static boolean refused(SimulatorProcess.Call call) {
    return call.status().orElse(0) == TOO_MANY;
  }

  static long early(List<SimulatorProcess.Call> calls) {
    List<Instant> refusals =
        calls.stream().filter(RateLimitCase::refused).map(SimulatorProcess.Call::at).toList();
    return calls.stream()
        .map(SimulatorProcess.Call::at)
        .filter(at ->
            refusals.stream()
                .anyMatch(refusal ->
                    at.isAfter(refusal.plus(UNDER_WAY)) && at.isBefore(refusal.plus(RETRY_AFTER))))
        .count();
  }
}
