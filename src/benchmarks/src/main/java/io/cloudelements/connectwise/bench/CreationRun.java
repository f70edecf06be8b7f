package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Resources that wait for a contender, from its start until all are Ready: a cold JVM included.
 *
 * @param benchmark as the results name it
 */
record CreationRun(Lab lab, Results results, String benchmark, Contender contender) {

  /** What is measured while the contender still runs. */
  interface FollowUp {
    void goOn(Running running, ReadyWatch watch, BenchResources population);
  }

  void measure(int count, String namespace, Duration latency, Duration limit, FollowUp followUp) {
    measure(
        count,
        namespace,
        latency,
        limit,
        (population, account) -> population.resources("r", count, account),
        followUp);
  }

  /**
   * @param filling creates as many resources
   */
  void measure(
      int count,
      String namespace,
      Duration latency,
      Duration limit,
      BiConsumer<BenchResources, BenchAccount> filling,
      FollowUp followUp) {
    lab.simulator().reset();
    BenchAccount account = new BenchAccount(namespace);
    BenchResources population = lab.population(namespace, account, latency);
    filling.accept(population, account);
    try (ReadyWatch watch = new ReadyWatch(lab.client(), namespace)) {
      ApiRequests before = lab.settled();
      double serverCpu = lab.serverCpu();
      double serviceCpu = lab.serviceCpu();
      try (Running running = contender.launch(lab, namespace, Map.of())) {
        long end = watch.awaitReady(count, limit, running.process()::requireAlive);
        ProcessUsage usage = running.usage();
        record(Metric.ALL_READY, Limits.seconds(end - running.begin()));
        record(Metric.CPU, usage.cpuSeconds());
        record(Metric.PEAK_RSS, usage.peakRssMib());
        record(Metric.SERVER_CPU, lab.serverCpu() - serverCpu);
        record(Metric.SERVICE_CPU, lab.serviceCpu() - serviceCpu);
        ApiRequests requests = lab.settled().since(before);
        record(Metric.WRITES_EACH, (double) requests.writes() / count);
        record(Metric.EVENTS_EACH, (double) requests.events() / count);
        record(Metric.KUBE_READS, requests.reads());
        record(Metric.CALLS_EACH, (double) lab.simulator().counts().total() / count);
        record(Metric.CPU_EACH, usage.cpuSeconds() * 1000 / count);
        record(Metric.STORED_EACH, requests.storedBytes() / 1024 / count);
        if (contender == Contender.OPERATOR) {
          record(Metric.LIVE_HEAP, ProcessUsage.liveHeapMib(running.pid()));
        }
        followUp.goOn(running, watch, population);
      }
    }
  }

  private void record(Metric metric, double value) {
    results.add(benchmark, contender.label(), metric, value);
  }
}
