package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.Map;

/**
 * A large fleet: created by the floor and by the operator, then at rest, restarted, and through
 * drift rounds, with a new resource timed in each of them.
 */
record ScaleCase(String name, int count, Duration latency, Duration expected) implements BenchCase {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Created one by one as the case goes on; with them it is {@code count}. */
  private static final int NEWCOMERS = 3;

  private static final String OPERATOR = Contender.OPERATOR.label();

  @Override
  public String about() {
    return "%,d resources of one account: all but three are created at once (%d ms for a POST), rest for a minute, live through a restart of the operator, and through drift rounds of a minute each (RESYNC_INTERVAL=60s); in each of the three phases one more is created and timed."
        .formatted(count, latency.toMillis());
  }

  @Override
  public void run(Lab lab, Results results) {
    Duration limit = Duration.ofSeconds(60).plus(Duration.ofMillis(90L * count));
    try {
      new CreationRun(lab, results, name, Contender.FLOOR)
          .measure(count - NEWCOMERS, "floor", latency, limit, (_, _, _) -> {});
    } catch (RuntimeException e) {
      results.remark(name, "the floor failed: " + e);
    }
    new CreationRun(lab, results, name, Contender.OPERATOR)
        .measure(
            count - NEWCOMERS,
            "operator",
            latency,
            limit,
            (running, watch, _) ->
                observe(lab, results, "at rest", running, watch, Baseline.of(lab)));
    relaunch(lab, results, "restarted", Duration.ZERO, Map.of());
    // nothing is listed in the first minute, and the first round is somewhere in the second
    relaunch(lab, results, "drift rounds", Duration.ofMinutes(2), Map.of("RESYNC_INTERVAL", "60s"));
  }

  /** What the servers had counted before. */
  private record Baseline(ApiRequests requests, SimulatorProcess.Calls calls) {
    static Baseline of(Lab lab) {
      return new Baseline(lab.settled(), lab.simulator().counts());
    }
  }

  /**
   * @param settling zero: what the start itself costs is observed too
   */
  private void relaunch(
      Lab lab, Results results, String phase, Duration settling, Map<String, String> settings) {
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "operator")) {
      watch.awaitReady(count - NEWCOMERS, LIMIT);
      Baseline before = Baseline.of(lab);
      try (Running running = Contender.OPERATOR.launch(lab, "operator", settings)) {
        results.add(name + ", " + phase, OPERATOR, Metric.START_TO_READY, running.awaitReady());
        Limits.waitFor(settling);
        observe(lab, results, phase, running, watch, settling.isZero() ? before : Baseline.of(lab));
      }
    } catch (RuntimeException e) {
      results.remark(name, phase + " failed: " + e);
    }
  }

  /** One new resource, and all that happens in a minute; what the new one needs is taken off. */
  private void observe(
      Lab lab, Results results, String phase, Running running, ReadyWatch watch, Baseline before) {
    String benchmark = name + ", " + phase;
    double cpu = running.usage().cpuSeconds();
    String newcomer = "new-" + phase.replace(' ', '-');
    long created = System.nanoTime();
    new BenchResources(lab.client(), "operator").resource(newcomer, new BenchAccount("operator"));
    results.add(
        benchmark,
        OPERATOR,
        Metric.ONE_READY,
        Limits.seconds(watch.awaitReady(newcomer, LIMIT) - created));
    Limits.waitFor(MINUTE.minusNanos(System.nanoTime() - created));
    ApiRequests more = lab.requests().since(before.requests());
    SimulatorProcess.Calls called = lab.simulator().counts().since(before.calls());
    // the user's own creation and the four writes and two calls of the new resource
    results.add(benchmark, OPERATOR, Metric.KUBE_WRITES, more.writes() - 5);
    results.add(benchmark, OPERATOR, Metric.KUBE_READS, more.reads());
    results.add(benchmark, OPERATOR, Metric.REMOTE_CALLS, called.total() - 2);
    // a look by id also searches by tag, as the new resource's creation does
    results.add(benchmark, OPERATOR, Metric.LIST_CALLS, called.lists() - called.reads() - 1);
    results.add(benchmark, OPERATOR, Metric.SINGLE_READS, called.reads());
    ProcessUsage usage = running.usage();
    results.add(benchmark, OPERATOR, Metric.CPU, usage.cpuSeconds() - cpu);
    results.add(benchmark, OPERATOR, Metric.PEAK_RSS, usage.peakRssMib());
    results.add(benchmark, OPERATOR, Metric.LIVE_HEAP, ProcessUsage.liveHeapMib(running.pid()));
    results.add(benchmark, OPERATOR, Metric.RSS, running.usage().rssMib());
  }
}
