package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.Map;

/** What Secrets cost that no resource refers to. */
record ForeignSecretsCase(String name, int count, int bytes) implements BenchCase {
  @Override
  public String about() {
    return "The operator with one resource, started without and then with %,d foreign Secrets of %,d bytes in the namespace it watches."
        .formatted(count, bytes);
  }

  @Override
  public Duration expected() {
    return Duration.ofSeconds(90);
  }

  @Override
  public void run(Lab lab, Results results) {
    BenchAccount account = new BenchAccount("secrets");
    BenchResources population = lab.population("secrets", account, Duration.ZERO);
    population.resource("one", account);
    measure(lab, results, "without");
    population.foreignSecrets(count, bytes);
    measure(lab, results, "with");
  }

  private void measure(Lab lab, Results results, String state) {
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "secrets");
        Running running = Contender.OPERATOR.launch(lab, "secrets", Map.of())) {
      String benchmark = name + ", " + state;
      String operator = Contender.OPERATOR.label();
      results.add(benchmark, operator, Metric.START_TO_READY, running.awaitReady());
      watch.awaitReady("one", Duration.ofSeconds(30));
      results.add(benchmark, operator, Metric.RSS, running.usage().rssMib());
      results.add(benchmark, operator, Metric.PEAK_RSS, running.usage().peakRssMib());
      results.add(benchmark, operator, Metric.LIVE_HEAP, ProcessUsage.liveHeapMib(running.pid()));
    }
  }
}
