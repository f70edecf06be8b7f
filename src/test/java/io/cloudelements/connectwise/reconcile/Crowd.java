package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cloudelements.InstancesApi;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Many resources in memory and in virtual time: each has its pass when it is due, one after the
 * other, and all of them at once when something happens.
 */
final class Crowd extends CrowdCluster implements InstantSource {
  static final String BASE_URL = "https://api.cloud-elements.com/elements/api-v2";

  private static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          "test",
          URI.create(BASE_URL),
          _ -> true,
          new ProvisioningWindow(
              Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(60)),
          new ResyncIntervals(Duration.ofMinutes(10), Duration.ofMinutes(10), true));

  private record Due(Instant at, String name) {}

  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::name));
  private final Map<String, ReconcileResult> results = new HashMap<>();
  private final Map<String, Instant> fullChecks = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private int passes;

  @Override
  void event() {
    timers.clear();
    failures.clear();
    results.clear();
    names().forEach(name -> timers.add(new Due(now, name)));
  }

  /** Lets time pass, and with it whatever is due. */
  void passes(Duration time, InstancesApi instances) {
    Reconciliation reconciliation =
        new Reconciliation(
            instances,
            this,
            SETTINGS,
            new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1),
            this);
    Instant end = now.plus(time);
    while (!timers.isEmpty() && !timers.peek().at().isAfter(end)) {
      Due due = timers.remove();
      now = due.at();
      ReconcileResult result = reconciliation.run(input(due.name()));
      passes++;
      results.put(due.name(), result);
      fullChecks.put(due.name(), now.plus(result.nextFullCheck().orElse(Duration.ZERO)));
      failures.put(due.name(), result.failed() ? failures.getOrDefault(due.name(), 0) + 1 : 0);
      result.requeueAfter().ifPresent(wait -> timers.add(new Due(now.plus(wait), due.name())));
    }
    now = end;
  }

  private ReconcileInput input(String name) {
    ConnectWiseInstance resource = resourceNamed(name);
    boolean unfinished =
        Optional.ofNullable(results.get(name))
            .filter(ReconcileResult::unfinishedChange)
            .isPresent();
    return new ReconcileInput(
        resource,
        secretsOf(resource),
        Optional.empty(),
        failures.getOrDefault(name, 0),
        unfinished,
        Optional.ofNullable(fullChecks.get(name)).map(this::until),
        CrdState.IN_USE,
        Optional.empty());
  }

  private Duration until(Instant then) {
    return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
  }

  /** How long the first one waits for its next pass. */
  Optional<Duration> waits() {
    return results.get("acme-0").requeueAfter();
  }

  /** How many there were. */
  int passes() {
    return passes;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
