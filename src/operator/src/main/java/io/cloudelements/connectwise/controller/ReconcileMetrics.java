package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileEvent;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts reconciles and what happened in them. */
public final class ReconcileMetrics implements ReconcileObserver {
  /** What ended a reconcile that could not go on. */
  enum ErrorSource {
    /** The API server failed. */
    API_SERVER,
    /** The operator did. */
    DEFECT
  }

  /** The end of a reconcile whose resource was changed by another writer meanwhile. */
  private static final String OVERTAKEN = "overtaken";

  private static final Duration[] DURATION_BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(20),
    Duration.ofSeconds(40),
    Duration.ofSeconds(90),
  };
  private static final Duration[] READY_BUCKETS = {
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(20),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
  };

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Timer timeToReady;
  private final Counter recreations;
  private final Counter recreationsHeld;
  private final Counter deletionsHeld;
  private final Counter tokenSecretRepairs;

  public ReconcileMetrics(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    this.timeToReady =
        Timer.builder("connectwise.time.to.ready")
            .description("Time from the creation of a resource until it was first Ready")
            .serviceLevelObjectives(READY_BUCKETS)
            .register(registry);
    this.recreations =
        counter("connectwise.recreations", "Instances created to replace one that was gone");
    this.recreationsHeld =
        counter("connectwise.recreations.held", "Recreations held back until a person confirms");
    this.deletionsHeld =
        counter(
            "connectwise.deletions.held",
            "Deletions held back, as one of many at once, until a person confirms");
    this.tokenSecretRepairs =
        counter(
            "connectwise.token.secret.repairs",
            "Delivered token Secrets that were missing or changed, and written anew");
    // a rate needs to see a counter before its first event
    for (DriftedField field : DriftedField.values()) {
      driftFound(field);
      driftRepaired(field);
    }
    for (ErrorSource source : ErrorSource.values()) {
      errors(source);
    }
    for (WriteKind write : WriteKind.values()) {
      failedWrites(write, true);
      failedWrites(write, false);
    }
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  @Override
  public Optional<ReconcileEnd> observe(
      ReconcileInput input, Duration gathering, Supplier<Optional<ReconcileEnd>> reconcile) {
    Timer.Sample sample = Timer.start(registry);
    Optional<ReconcileEnd> end = reconcile.get();
    if (end.isPresent() && end.get() instanceof ReconcileResult result) {
      sample.stop(durations(outcome(result)));
      result.counted().forEach(event -> count(event, input));
    }
    return end;
  }

  /** A reconcile could not go on. */
  void recordError(ErrorSource source) {
    errors(source).increment();
  }

  private static String outcome(ReconcileResult result) {
    return result
        .reason()
        .map(reason -> reason.kind().name().toLowerCase(Locale.ROOT))
        .orElse(OVERTAKEN);
  }

  private Timer durations(String outcome) {
    return Timer.builder("connectwise.pass.duration")
        .description("Duration of reconciles, by outcome")
        .tag("outcome", outcome)
        .serviceLevelObjectives(DURATION_BUCKETS)
        .register(registry);
  }

  private void count(ReconcileEvent event, ReconcileInput input) {
    switch (event) {
      case ReconcileEvent.FirstReady _ -> age(input).ifPresent(timeToReady::record);
      case ReconcileEvent.Recreated _ -> recreations.increment();
      case ReconcileEvent.RecreationHeld _ -> recreationsHeld.increment();
      case ReconcileEvent.DeletionHeld _ -> deletionsHeld.increment();
      case ReconcileEvent.TokenSecretRepaired _ -> tokenSecretRepairs.increment();
      case ReconcileEvent.DriftFound(DriftedField field) -> driftFound(field).increment();
      case ReconcileEvent.DriftRepaired(DriftedField field) -> driftRepaired(field).increment();
      case ReconcileEvent.ClusterWriteFailed(ClusterWriteFailure failure) -> {
        failedWrites(failure.write(), failure.refused()).increment();
        if (!failure.refused()) {
          recordError(ErrorSource.API_SERVER);
        }
      }
    }
  }

  /** Empty for an object from elsewhere whose date cannot be read. */
  private Optional<Duration> age(ReconcileInput input) {
    try {
      Instant created = Instant.parse(input.resource().getMetadata().getCreationTimestamp());
      return Optional.of(Duration.between(created, clock.instant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Counter driftFound(DriftedField field) {
    return Counter.builder("connectwise.drift.found")
        .description("Fields that differed at the service while the resource was unchanged")
        .tag("field", field.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter driftRepaired(DriftedField field) {
    return Counter.builder("connectwise.drift.repaired")
        .description("Fields that were reset to the value in the resource")
        .tag("field", field.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter failedWrites(WriteKind write, boolean refused) {
    return Counter.builder("connectwise.cluster.write.failures")
        .description(
            "Writes that the API server refused or did not answer, without conflicts; and refused reads of Secrets")
        .tag("write", write.name().toLowerCase(Locale.ROOT))
        .tag("refused", Boolean.toString(refused))
        .register(registry);
  }

  private Counter errors(ErrorSource source) {
    return Counter.builder("connectwise.pass.errors")
        .description("Reconciles ended by a failing API server or a defect of the operator")
        .tag("cause", source.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
