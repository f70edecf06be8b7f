package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Many accounts with as many slow creations in flight as they may have; deletions of an account
 * that is idle otherwise are timed before and amid them.
 */
record BusyAccountsCase(String name, int accounts, int each, Duration latency)
    implements BenchCase {
  private static final Duration QUICK = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int DELETIONS = 9;

  /** {@code MAX_CONCURRENT_REQUESTS} less what it keeps for accounts without a call in flight. */
  private static final int SHARED = 512 - 512 / 4;

  @Override
  public String about() {
    return "%d accounts with %d resources each, whose POST takes %d s; amid this resources of an idle account are deleted, one after the other, as they were before."
        .formatted(accounts, each, latency.toSeconds());
  }

  @Override
  public Duration expected() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(Lab lab, Results results) {
    BenchAccount idle = new BenchAccount("idle");
    BenchResources population = lab.population("busy", idle, QUICK);
    List<BenchAccount> busy =
        IntStream.range(0, accounts).mapToObj(i -> new BenchAccount("busy-" + i)).toList();
    busy.forEach(account -> lab.open(population, account, latency));
    List<String> resources = population.resources("idle", DELETIONS * 2, idle);
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "busy");
        Running running = Contender.OPERATOR.launch(lab, "busy", Map.of())) {
      watch.awaitReady(DELETIONS * 2, LIMIT);
      measure(results, "unloaded", population, watch, resources.subList(0, DELETIONS));
      busy.forEach(account -> population.resources("r-" + account.name(), each, account));
      Limits.await(
          "the connections are in use",
          LIMIT,
          Duration.ofMillis(500),
          () -> lab.simulator().counts().inFlight() >= Math.min(SHARED, accounts * each));
      measure(results, "loaded", population, watch, resources.subList(DELETIONS, DELETIONS * 2));
      String operator = Contender.OPERATOR.label();
      results.add(name + ", loaded", operator, Metric.CPU, running.usage().cpuSeconds());
      results.add(name + ", loaded", operator, Metric.PEAK_RSS, running.usage().peakRssMib());
    }
  }

  private void measure(
      Results results,
      String state,
      BenchResources population,
      ReadyWatch watch,
      List<String> resources) {
    List<Double> seconds = new ArrayList<>();
    for (String resource : resources) {
      long deleted = System.nanoTime();
      population.delete(resource);
      seconds.add(Limits.seconds(watch.awaitGone(resource, LIMIT) - deleted));
    }
    results.add(
        name + ", " + state, Contender.OPERATOR.label(), Metric.ONE_GONE, Results.median(seconds));
  }
}
