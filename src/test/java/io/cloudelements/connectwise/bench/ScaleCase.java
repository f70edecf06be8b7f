package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A large fleet: created by the floor and by the operator, then at rest, restarted, and through
 * drift rounds, with a new resource timed in each of them.
 */
record ScaleCase(String name, int count, Duration latency, Duration expected) implements BenchCase {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OPERATOR = Contender.OPERATOR.label();

  @Override
  public String about() {
    return "%,d resources of one account are created (%d ms for a POST), rest for a minute, live through a restart of the operator, and through drift rounds of a minute each (RESYNC_INTERVAL=60s); in each phase one more resource is created and timed."
        .formatted(count, latency.toMillis());
  }

  @Override
  public void run(Lab lab, Results results) {
    Duration limit = Duration.ofSeconds(60).plus(Duration.ofMillis(30L * count));
    try {
      new Creation(lab, results, name, Contender.FLOOR)
          .measure(count, "floor", latency, limit, (_, _, _) -> {});
    } catch (RuntimeException e) {
      results.remark(name, "the floor failed: " + e);
    }
    new Creation(lab, results, name, Contender.OPERATOR)
        .measure(
            count,
            "operator",
            latency,
            limit,
            (running, watch, population) ->
                observe(lab, results, "at rest", running, watch, population, () -> 0));
    relaunch(lab, results, "restarted", Map.of());
    relaunch(lab, results, "drift rounds", Map.of("RESYNC_INTERVAL", "60s"));
  }

  private void relaunch(Lab lab, Results results, String phase, Map<String, String> settings) {
    Population population = new Population(lab.client(), "operator");
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "operator")) {
      watch.awaitReady(count, LIMIT);
      ApiRequests before = lab.settled();
      try (Running running = Contender.OPERATOR.launch(lab, "operator", settings)) {
        results.add(name + ", " + phase, OPERATOR, Metric.START_TO_READY, running.awaitReady());
        observe(
            lab,
            results,
            phase,
            running,
            watch,
            population,
            () -> lab.requests().since(before).writes());
      }
    } catch (RuntimeException e) {
      results.remark(name, phase + " failed: " + e);
    }
  }

  /**
   * One new resource, and all that happens in a minute; what belongs to the new one is taken off.
   */
  private void observe(
      Lab lab,
      Results results,
      String phase,
      Running running,
      ReadyWatch watch,
      Population population,
      LongSupplier writesAlready) {
    String benchmark = name + ", " + phase;
    SimulatorProcess.Calls calls = lab.simulator().counts();
    ApiRequests requests = lab.requests();
    double cpu = running.usage().cpuSeconds();
    long earlier = writesAlready.getAsLong();
    String newcomer = "new-" + phase.replace(' ', '-');
    long created = System.nanoTime();
    population.resource(newcomer, new Account("operator"));
    results.add(
        benchmark,
        OPERATOR,
        Metric.ONE_READY,
        Limits.seconds(watch.awaitReady(newcomer, LIMIT) - created));
    Limits.letPass(MINUTE.minusNanos(System.nanoTime() - created));
    ApiRequests more = lab.requests().since(requests);
    SimulatorProcess.Calls called = lab.simulator().counts().since(calls);
    // the user's own creation and the four writes and two calls of the new resource
    results.add(benchmark, OPERATOR, Metric.KUBE_WRITES, earlier + more.writes() - 5);
    results.add(benchmark, OPERATOR, Metric.KUBE_READS, more.reads());
    results.add(benchmark, OPERATOR, Metric.REMOTE_CALLS, called.total() - 2);
    results.add(benchmark, OPERATOR, Metric.LIST_CALLS, called.lists() - 1);
    results.add(benchmark, OPERATOR, Metric.SINGLE_READS, called.reads());
    ProcessUsage usage = running.usage();
    results.add(benchmark, OPERATOR, Metric.CPU, usage.cpuSeconds() - cpu);
    results.add(benchmark, OPERATOR, Metric.PEAK_RSS, usage.peakRssMib());
    results.add(benchmark, OPERATOR, Metric.LIVE_HEAP, ProcessUsage.liveHeapMib(running.pid()));
    results.add(benchmark, OPERATOR, Metric.RSS, running.usage().rssMib());
  }
}
