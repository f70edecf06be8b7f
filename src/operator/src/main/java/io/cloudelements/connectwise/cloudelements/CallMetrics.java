package io.cloudelements.connectwise.cloudelements;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counts the calls to the service. How long they take depends on the service and not on whose they
 * are, so that the histogram does without the account: its buckets times all accounts would be too
 * much for Prometheus.
 */
public final class CallMetrics implements CallObserver {
  private static final String CALLS = "connectwise.remote.calls";

  /** Accounts that get a label of their own: fingerprints change with every new user secret. */
  static final int MOST_ACCOUNTS = 500;

  /** The label of all others. */
  static final String OTHER_ACCOUNTS = "other";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(20),
    Duration.ofSeconds(40),
    Duration.ofSeconds(90),
  };

  private final MeterRegistry registry;
  private final Set<String> accounts = ConcurrentHashMap.newKeySet();

  public CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
    Timer.Sample sample = Timer.start(registry);
    E end = call.apply(Map.of());
    String route = begin.method() + " " + begin.route();
    String outcome = end.outcome().label();
    Counter.builder(CALLS)
        .description("Calls to Cloud Elements by account (its fingerprint), route and outcome")
        .tag("account", label(begin.account()))
        .tag("route", route)
        .tag("outcome", outcome)
        .register(registry)
        .increment();
    sample.stop(
        Timer.builder("connectwise.remote.call.duration")
            .description("Time to the answer, without the queue, by route and outcome")
            .tag("route", route)
            .tag("outcome", outcome)
            .serviceLevelObjectives(BUCKETS)
            .register(registry));
    return end;
  }

  /**
   * The account is not in use any more: its label is free for another, since made-up user secrets
   * would otherwise use up all labels for good.
   */
  public void forget(String account) {
    if (accounts.remove(account)) {
      registry.find(CALLS).tag("account", account).meters().forEach(registry::remove);
    }
  }

  private String label(String account) {
    boolean own =
        accounts.contains(account) || (accounts.size() < MOST_ACCOUNTS && accounts.add(account));
    return own ? account : OTHER_ACCOUNTS;
  }
}
