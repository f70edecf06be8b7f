package io.cloudelements.connectwise.crash;

import io.cloudelements.connectwise.operator.OperatorProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the probes all the time, as a kubelet does, only more often. */
final class ProbeLog implements AutoCloseable {
  private static final int PERIOD_MILLIS = 100;

  private final Map<String, List<Integer>> statuses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private ProbeLog(OperatorProcess operator) {
    clock.scheduleWithFixedDelay(
        () -> {
          ask(operator, "/livez");
          ask(operator, "/readyz");
        },
        0,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Begins to ask an operator that is up. */
  static ProbeLog of(OperatorProcess operator) {
    return new ProbeLog(operator);
  }

  private void ask(OperatorProcess operator, String path) {
    int status = operator.status(path);
    statuses.merge(
        path,
        List.of(status),
        (known, one) -> {
          List<Integer> all = new ArrayList<>(known);
          all.addAll(one);
          return all;
        });
  }

  /** What a path answered so far; 0 where it did not. */
  List<Integer> statuses(String path) {
    return List.copyOf(statuses.getOrDefault(path, List.of()));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
