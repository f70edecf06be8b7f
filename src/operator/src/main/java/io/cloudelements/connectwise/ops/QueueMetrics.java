package io.cloudelements.connectwise.ops;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The queues of the accounts as meters. An account's label is its fingerprint; beyond so many
 * accounts the others share the label {@code other}, with their sums, and what is worst of them.
 */
public final class QueueMetrics implements QueueObserver {
  /** Accounts that have a label of their own; each has six series. */
  static final int MOST_ACCOUNTS = 100;

  private static final String OTHER = "other";
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(30)
  };

  private record Labelled(QueueState reading, List<Meter> meters) {}

  private final MeterRegistry registry;
  private final Map<Priority, Timer> waits = new EnumMap<>(Priority.class);
  private final Map<String, Labelled> labelled = new HashMap<>();
  private final Map<String, QueueState> others = new ConcurrentHashMap<>();

  public QueueMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Priority priority : Priority.values()) {
      waits.put(
          priority,
          Timer.builder("connectwise.account.queue.wait")
              .description("Time in the queue of an account until a permit was given")
              .tag("lane", priority.label())
              .serviceLevelObjectives(BOUNDS)
              .register(registry));
    }
    register(OTHER, this::sumOfOthers, this::worstOfOthers);
  }

  @Override
  public synchronized void opened(String account, QueueState reading) {
    // That it was forgotten before may be told later.
    Optional.ofNullable(labelled.remove(account)).ifPresent(this::remove);
    others.remove(account);
    if (labelled.size() < MOST_ACCOUNTS) {
      label(account, reading);
    } else {
      others.put(account, reading);
    }
  }

  private void label(String account, QueueState reading) {
    labelled.put(
        account,
        new Labelled(
            reading,
            register(
                account,
                what -> what.applyAsDouble(reading),
                what -> what.applyAsDouble(reading))));
  }

  private void remove(Labelled account) {
    account.meters().forEach(registry::remove);
  }

  @Override
  public synchronized void forgotten(String account, QueueState reading) {
    others.remove(account, reading);
    Labelled known = labelled.get(account);
    if (known != null && known.reading().equals(reading)) {
      labelled.remove(account);
      remove(known);
      others.keySet().stream().findFirst().ifPresent(this::labelOther);
    }
  }

  /** An account that came when all labels were taken has the one that is free now. */
  private void labelOther(String account) {
    Optional.ofNullable(others.remove(account)).ifPresent(reading -> label(account, reading));
  }

  @Override
  public void waited(Priority priority, Duration wait) {
    Objects.requireNonNull(waits.get(priority)).record(wait);
  }

  private List<Meter> register(
      String account,
      ToDoubleFunction<ToDoubleFunction<QueueState>> sum,
      ToDoubleFunction<ToDoubleFunction<QueueState>> worst) {
    List<Meter> meters = new ArrayList<>();
    meters.add(
        Gauge.builder(
                "connectwise.account.requests.in.flight",
                () -> sum.applyAsDouble(QueueState::inFlight))
            .description(
                "Permits in use, each for the calls of one reconcile or one page of a listing")
            .tag("account", account)
            .register(registry));
    for (Priority priority : Priority.values()) {
      meters.add(
          Gauge.builder(
                  "connectwise.account.waiting",
                  () -> sum.applyAsDouble(reading -> reading.waiting(priority)))
              .description("Reconciles and listings that are queued for a permit")
              .tag("account", account)
              .tag("lane", priority.label())
              .register(registry));
    }
    meters.add(
        Gauge.builder(
                "connectwise.account.breaker.state",
                () -> worst.applyAsDouble(reading -> reading.breakerState().value()))
            .description("Circuit breaker: 0 closed, 1 half-open (one probe), 2 open")
            .tag("account", account)
            .register(registry));
    meters.add(
        Gauge.builder(
                "connectwise.account.retry.after",
                () -> worst.applyAsDouble(reading -> reading.retryAfter().toMillis() / 1e3))
            .description("Time until the account may be called again, by Retry-After")
            .baseUnit("seconds")
            .tag("account", account)
            .register(registry));
    return meters;
  }

  private double sumOfOthers(ToDoubleFunction<QueueState> what) {
    return read(what).sum();
  }

  private double worstOfOthers(ToDoubleFunction<QueueState> what) {
    return read(what).max().orElse(0);
  }

  private DoubleStream read(ToDoubleFunction<QueueState> what) {
    return others.values().stream().mapToDouble(what);
  }
}
