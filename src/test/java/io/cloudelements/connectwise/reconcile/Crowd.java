package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.platform.InstancesApi;
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

  private static final PassSettings SETTINGS =
      new PassSettings(
          "test",
          URI.create(BASE_URL),
          _ -> true,
          new ProvisioningWindow(
              Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(60)),
          new Rhythm(Duration.ofMinutes(10), Duration.ofMinutes(10), true));

  private record Due(Instant at, String name) {}

  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::name));
  private final Map<String, PassResult> results = new HashMap<>();
  private final Map<String, Instant> looks = new HashMap<>();
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
    InstanceReconciliation reconciliation =
        new InstanceReconciliation(
            instances,
            this,
            SETTINGS,
            new RecreationBrake(5, Duration.ofMinutes(10), _ -> 1),
            this);
    Instant end = now.plus(time);
    while (!timers.isEmpty() && !timers.peek().at().isAfter(end)) {
      Due due = timers.remove();
      now = due.at();
      PassResult result = reconciliation.run(snapshot(due.name()));
      passes++;
      results.put(due.name(), result);
      looks.put(due.name(), now.plus(result.nextLook().orElse(Duration.ZERO)));
      failures.put(due.name(), result.failed() ? failures.getOrDefault(due.name(), 0) + 1 : 0);
      result.requeueAfter().ifPresent(wait -> timers.add(new Due(now.plus(wait), due.name())));
    }
    now = end;
  }

  private Snapshot snapshot(String name) {
    ConnectWiseInstance resource = resourceNamed(name);
    boolean unfinished =
        Optional.ofNullable(results.get(name)).filter(PassResult::unfinishedChange).isPresent();
    return new Snapshot(
        resource,
        secretsOf(resource),
        Optional.empty(),
        failures.getOrDefault(name, 0),
        unfinished,
        Optional.ofNullable(looks.get(name)).map(this::until),
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
