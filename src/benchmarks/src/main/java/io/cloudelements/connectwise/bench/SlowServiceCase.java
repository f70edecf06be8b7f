package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.Map;

/**
 * Many creations at a slow service, 50 at a time; meanwhile another account's resource and a
 * deletion in the same account are timed.
 */
record SlowServiceCase(String name, int count, Duration latency) implements BenchCase {
  private static final String OPERATOR = Contender.OPERATOR.label();
  private static final int IN_FLIGHT = 50;
  private static final Duration QUICK = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public String about() {
    return "%,d resources of one account, whose POST takes %d s, %d in flight (ACCOUNT_MAX_CONCURRENT_REQUESTS); amid this a resource of another account is created and one of the same account is deleted."
        .formatted(count, latency.toSeconds(), IN_FLIGHT);
  }

  @Override
  public Duration expected() {
    return ideal().plusSeconds(40);
  }

  private Duration ideal() {
    return latency.multipliedBy(count).dividedBy(IN_FLIGHT);
  }

  @Override
  public void run(Lab lab, Results results) {
    BenchAccount slow = new BenchAccount("slow");
    BenchAccount other = new BenchAccount("other");
    BenchResources population = lab.population("slow", slow, QUICK);
    lab.open(population, other, QUICK);
    population.resource("existing", slow);
    Map<String, String> settings =
        Map.of("ACCOUNT_MAX_CONCURRENT_REQUESTS", Integer.toString(IN_FLIGHT));
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "slow");
        Running running = Contender.OPERATOR.launch(lab, "slow", settings)) {
      watch.awaitReady("existing", LIMIT);
      results.add(
          name + ", unloaded",
          OPERATOR,
          Metric.ONE_READY,
          creation(population, watch, "unloaded", other));
      lab.simulator().latency(slow, latency.minus(QUICK));
      long begin = System.nanoTime();
      population.resources("r", count, slow);
      Limits.await(
          IN_FLIGHT + " calls are in flight",
          LIMIT,
          Duration.ofMillis(500),
          // one place is kept for changes
          () -> lab.simulator().counts().inFlight() >= IN_FLIGHT - 1);
      results.add(name, OPERATOR, Metric.ONE_READY, creation(population, watch, "newcomer", other));
      results.add(name, OPERATOR, Metric.ONE_GONE, deletion(population, watch, "existing"));
      long end = watch.awaitReady(count + 2, ideal().multipliedBy(2).plus(LIMIT));
      results.add(name, OPERATOR, Metric.ALL_READY, Limits.seconds(end - begin));
      results.add(name, OPERATOR, Metric.IDEAL, ideal().toMillis() / 1000.0);
      results.add(name, OPERATOR, Metric.CPU, running.usage().cpuSeconds());
      results.add(name, OPERATOR, Metric.PEAK_RSS, running.usage().peakRssMib());
    }
  }

  /** Seconds until a new resource is ready. */
  private static double creation(
      BenchResources population, ReadyWatch watch, String resource, BenchAccount account) {
    long begin = System.nanoTime();
    population.resource(resource, account);
    return Limits.seconds(watch.awaitReady(resource, LIMIT) - begin);
  }

  /** Seconds until a resource is gone. */
  private static double deletion(BenchResources population, ReadyWatch watch, String resource) {
    long begin = System.nanoTime();
    population.delete(resource);
    return Limits.seconds(watch.awaitGone(resource, LIMIT) - begin);
  }
}
