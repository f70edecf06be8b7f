package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A storm of 429, each with {@code Retry-After}; the platform's journal tells who came too early.
 */
record RateLimitCase(String name, int count, int refusals) implements BenchCase {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

  /**
   * So much later than the first 429 of a pause a call may arrive that was sent before it was read:
   * a process that has just started takes a tenth of a second for its first answer.
   */
  private static final Duration UNDER_WAY = Duration.ofMillis(300);

  /** The default of {@code ACCOUNT_MAX_CONCURRENT_REQUESTS}. */
  private static final int IN_FLIGHT = 16;

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int TOO_MANY = 429;

  @Override
  public String about() {
    return "%d resources of one account, whose first %d calls are answered 429 with Retry-After: %d. A pause lasts from a 429 to the end of the last Retry-After. Early is a call in it that cannot have been sent before: one later than %d ms after its begin, or beyond the %d that an account may have in flight."
        .formatted(count, refusals, RETRY_AFTER.toSeconds(), UNDER_WAY.toMillis(), IN_FLIGHT);
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

  private void count(List<SimulatorProcess.JournalLine> calls, Results results) {
    String operator = Contender.OPERATOR.label();
    results.add(name, operator, Metric.REMOTE_CALLS, calls.size());
    results.add(
        name, operator, Metric.REFUSED, calls.stream().filter(RateLimitCase::refused).count());
    results.add(name, operator, Metric.TOO_EARLY, early(inOrder(calls)));
  }

  private static List<SimulatorProcess.JournalLine> inOrder(
      List<SimulatorProcess.JournalLine> calls) {
    return calls.stream().sorted(Comparator.comparing(SimulatorProcess.JournalLine::at)).toList();
  }

  private static boolean refused(SimulatorProcess.JournalLine call) {
    return call.status().orElse(0) == TOO_MANY;
  }

  /**
   * @param calls in the order of their arrival
   */
  static long early(List<SimulatorProcess.JournalLine> calls) {
    Instant begin = Instant.MIN;
    Instant end = Instant.MIN;
    int inPause = 0;
    long early = 0;
    for (SimulatorProcess.JournalLine call : calls) {
      if (call.at().isBefore(end)) {
        inPause++;
        if (inPause > IN_FLIGHT || call.at().isAfter(begin.plus(UNDER_WAY))) {
          early++;
        }
      } else {
        begin = call.at();
        inPause = 1;
      }
      if (refused(call)) {
        end = call.at().plus(RETRY_AFTER);
      }
    }
    return early;
  }
}
