package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.Map;

/**
 * Two namespaces share an account. One of them has just asked for many creations when the other one
 * asks for its first.
 */
record TwoTenantsCase(String name, int count, Duration latency) implements BenchCase {
  private static final String LARGE = "large";
  private static final String SMALL = "small";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public String about() {
    return "%,d creations of one namespace and one of another in the same account, each call at %d s; the one is timed, and before it another one of its namespace while nothing else waits."
        .formatted(count, latency.toSeconds());
  }

  @Override
  public Duration expected() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void run(Lab lab, Results results) {
    BenchAccount account = new BenchAccount("shared");
    BenchResources large = lab.population(LARGE, account, latency);
    BenchResources small = lab.namespace(SMALL);
    small.credentials(account);
    String operator = Contender.OPERATOR.label();
    try (ReadyWatch watch = new ReadyWatch(lab.client(), SMALL);
        Running running =
            Contender.OPERATOR.launch(
                lab, LARGE, Map.of("WATCH_NAMESPACES", LARGE + "," + SMALL))) {
      running.awaitReady();
      double unloaded = seconds(small, account, watch, "unloaded");
      large.resources("r", count, account);
      double loaded = seconds(small, account, watch, "loaded");
      results.add(name + ", unloaded", operator, Metric.ONE_READY, unloaded);
      results.add(name, operator, Metric.ONE_READY, loaded);
      results.add(name, operator, Metric.IDEAL, 1.2 * unloaded + latency.toMillis() / 1000.0);
    }
  }

  private static double seconds(
      BenchResources small, BenchAccount account, ReadyWatch watch, String resource) {
    long created = System.nanoTime();
    small.resource(resource, account);
    return Limits.seconds(watch.awaitReady(resource, LIMIT) - created);
  }
}
