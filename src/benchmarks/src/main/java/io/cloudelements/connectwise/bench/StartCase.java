package io.cloudelements.connectwise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/** From the start of the process to readiness and to the first remote call. */
record StartCase(String name, int rounds) implements BenchCase {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Longer than the JVM's TrimNativeHeapInterval. */
  private static final Duration IDLE = Duration.ofSeconds(12);

  @Override
  public String about() {
    return "The operator starts with one new resource waiting, %d times each: as the launcher starts it, and with an AOT cache made by one start beforehand. Its memory with the cache, %d seconds after the creation, is the idle one."
        .formatted(rounds, IDLE.toSeconds());
  }

  @Override
  public Duration expected() {
    return Duration.ofSeconds(30 + 8L * rounds).plus(IDLE.multipliedBy(rounds));
  }

  @Override
  public void run(Lab lab, Results results) {
    Path cache = lab.directory().toAbsolutePath().resolve("operator.aot");
    lab.population("start", new BenchAccount("start"), Duration.ofMillis(50));
    try (Running training =
        Contender.OPERATOR.launch(
            lab, "start", Map.of("JAVA_OPTS", "-XX:AOTCacheOutput=" + cache))) {
      training.awaitReady();
    }
    Limits.await("the AOT cache is written", LIMIT, () -> Files.size(cache) > 0);
    for (int round = 1; round <= rounds; round++) {
      measure(lab, results, "by the launcher", "plain-" + round, Map.of(), (_, _) -> {});
      measure(
          lab,
          results,
          "with an AOT cache",
          "aot-" + round,
          Map.of("JAVA_OPTS", "-XX:AOTCache=" + cache),
          (running, benchmark) -> idleMemory(running, benchmark, results));
    }
  }

  private void measure(
      Lab lab,
      Results results,
      String how,
      String resource,
      Map<String, String> settings,
      BiConsumer<Running, String> followUp) {
    BenchResources population = new BenchResources(lab.client(), "start");
    int before = (int) lab.simulator().counts().total();
    population.resource(resource, new BenchAccount("start"));
    String benchmark = name + ", " + how;
    Instant begin = Instant.now();
    try (ReadyWatch watch = new ReadyWatch(lab.client(), "start");
        Running running = Contender.OPERATOR.launch(lab, "start", settings)) {
      String operator = Contender.OPERATOR.label();
      results.add(benchmark, operator, Metric.START_TO_READY, running.awaitReady());
      watch.awaitReady(resource, LIMIT);
      Instant call = lab.simulator().journal().get(before).at();
      results.add(
          benchmark,
          operator,
          Metric.START_TO_CALL,
          Duration.between(begin, call).toMillis() / 1000.0);
      followUp.accept(running, benchmark);
    }
  }

  private static void idleMemory(Running running, String benchmark, Results results) {
    String operator = Contender.OPERATOR.label();
    Limits.waitFor(IDLE);
    results.add(benchmark, operator, Metric.RSS, running.usage().rssMib());
    results.add(benchmark, operator, Metric.PEAK_RSS, running.usage().peakRssMib());
    results.add(benchmark, operator, Metric.LIVE_HEAP, ProcessUsage.liveHeapMib(running.pid()));
  }
}
