package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Resources of twenty accounts come at a steady pace; then the same with one account dead. */
record DeadAccountCase(String name, int accounts, int each) implements BenchCase {
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public String about() {
    return "%d resources each of %d accounts, one every %d ms in turn; the second time no call of the first account is ever answered. Only the other accounts' resources are measured."
        .formatted(each, accounts, PACE.toMillis());
  }

  @Override
  public Duration expected() {
    return PACE.multipliedBy((long) accounts * each).plusSeconds(15).multipliedBy(2);
  }

  @Override
  public void run(Lab lab, Results results) {
    measure(lab, results, "all well", false);
    measure(lab, results, "one dead", true);
  }

  private void measure(Lab lab, Results results, String state, boolean dead) {
    lab.simulator().reset();
    String namespace = state.replace(' ', '-');
    List<BenchAccount> all =
        IntStream.range(0, accounts).mapToObj(i -> new BenchAccount(namespace + "-" + i)).toList();
    BenchResources population = lab.population(namespace, all.getFirst(), LATENCY);
    all.stream().skip(1).forEach(account -> lab.open(population, account, LATENCY));
    if (dead) {
      lab.simulator().hang(all.getFirst());
    }
    try (ReadyWatch watch = new ReadyWatch(lab.client(), namespace);
        Running running = Contender.OPERATOR.launch(lab, namespace, Map.of())) {
      running.awaitReady();
      Map<String, Long> created = new HashMap<>();
      long begin = System.nanoTime();
      for (int i = 0; i < accounts * each; i++) {
        Limits.waitFor(PACE.multipliedBy(i).minusNanos(System.nanoTime() - begin));
        BenchAccount account = all.get(i % accounts);
        String resource = "r-%05d".formatted(i);
        if (account != all.getFirst()) {
          created.put(resource, System.nanoTime());
        }
        population.resource(resource, account);
      }
      List<Double> seconds = new ArrayList<>();
      created.forEach((resource, since) ->
          seconds.add(Limits.seconds(watch.awaitReady(resource, LIMIT) - since)));
      String benchmark = name + ", " + state;
      String operator = Contender.OPERATOR.label();
      results.add(benchmark, operator, Metric.MEDIAN_READY, Results.median(seconds));
      results.add(benchmark, operator, Metric.P99_READY, Results.percentile(seconds, 99));
      results.add(benchmark, operator, Metric.CPU, running.usage().cpuSeconds());
      results.add(benchmark, operator, Metric.PEAK_RSS, running.usage().peakRssMib());
    }
  }
}
