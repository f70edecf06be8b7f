package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Creates resources, contender after contender, round after round. The resources of the last round
 * then rest for a minute and are deleted.
 *
 * @param followed whether there is something after the creation
 */
record CreateCase(
    String name,
    int count,
    Duration latency,
    List<Contender> contenders,
    int rounds,
    boolean followed,
    Duration expected)
    implements BenchCase {
  private static final Duration REST = Duration.ofSeconds(62);
  private static final Duration DELETION_LIMIT = Duration.ofSeconds(120);

  @Override
  public String about() {
    return "%,d resources wait; the service takes %d ms for a POST; measured from the start of the process, %d rounds, fewer for those that no goal is about%s."
        .formatted(
            count,
            latency.toMillis(),
            rounds,
            followed ? "; after the last, a minute of rest and the deletion of all" : "");
  }

  @Override
  public void run(Lab lab, Results results) {
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : orderedForRound(round)) {
        String namespace = "%s-%d".formatted(contender.name().toLowerCase(Locale.ROOT), round);
        boolean last = followed && round == rounds && contender.hasFollowUp();
        try {
          new CreationRun(lab, results, name, contender)
              .measure(
                  count,
                  namespace,
                  latency,
                  limit(),
                  (running, watch, population) -> {
                    if (last) {
                      rest(lab, results, contender, running);
                      delete(lab, results, contender, watch, population);
                    }
                  });
        } catch (RuntimeException e) {
          results.remark(name, "%s, round %d failed: %s".formatted(contender.label(), round, e));
        }
      }
    }
  }

  /** The last round has them all. */
  private List<Contender> orderedForRound(int round) {
    return contenders.stream()
        .filter(contender -> round > rounds - contender.rounds(rounds))
        .toList();
  }

  private Duration limit() {
    return Duration.ofSeconds(60).plus(Duration.ofMillis(60L * count));
  }

  private void rest(Lab lab, Results results, Contender contender, Running running) {
    String benchmark = name + ", a minute of rest";
    ApiRequests requests = lab.settled();
    SimulatorProcess.Calls calls = lab.simulator().counts();
    ProcessUsage usage = running.usage();
    Limits.waitFor(REST);
    ApiRequests more = lab.requests().since(requests);
    ProcessUsage now = running.usage();
    results.add(benchmark, contender.label(), Metric.KUBE_WRITES, more.writes() + more.events());
    results.add(benchmark, contender.label(), Metric.KUBE_READS, more.reads());
    results.add(
        benchmark,
        contender.label(),
        Metric.REMOTE_CALLS,
        lab.simulator().counts().since(calls).total());
    results.add(benchmark, contender.label(), Metric.CPU, now.cpuSeconds() - usage.cpuSeconds());
    results.add(benchmark, contender.label(), Metric.RSS, now.rssMib());
  }

  private void delete(
      Lab lab, Results results, Contender contender, ReadyWatch watch, BenchResources population) {
    String benchmark = name + ", deleted";
    ApiRequests requests = lab.settled();
    SimulatorProcess.Calls calls = lab.simulator().counts();
    long begin = System.nanoTime();
    population.deleteResources();
    long end = watch.awaitNone(DELETION_LIMIT);
    results.add(benchmark, contender.label(), Metric.ALL_GONE, Limits.seconds(end - begin));
    ApiRequests more = lab.settled().since(requests);
    // one of them was the user's
    results.add(benchmark, contender.label(), Metric.WRITES_EACH, (more.writes() - 1.0) / count);
    results.add(benchmark, contender.label(), Metric.EVENTS_EACH, (double) more.events() / count);
    results.add(
        benchmark,
        contender.label(),
        Metric.CALLS_EACH,
        (double) lab.simulator().counts().since(calls).total() / count);
  }
}
