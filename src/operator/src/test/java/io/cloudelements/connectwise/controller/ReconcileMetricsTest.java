package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.ReconcileEvent;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.Resources;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What reconciles are counted by. */
class ReconcileMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:42Z");
  private static final ReconcileInput SNAPSHOT =
      new ReconcileInput(
          Resources.acme(acme -> acme.getMetadata().setCreationTimestamp("2026-11-24T10:00:00Z")),
          Map.of());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ReconcileMetrics meters = new ReconcileMetrics(registry, InstantSource.fixed(NOW));

  /** The counters agree with the events of a reconcile. */
  @Test
  void countsTheEventsOfAReconcile() {
    // Given
    ReconcileResult result =
        ended(
            new ReconcileEvent.FirstReady(),
            new ReconcileEvent.Recreated(),
            new ReconcileEvent.RecreationHeld(),
            new ReconcileEvent.DeletionHeld(),
            new ReconcileEvent.TokenSecretRepaired(),
            new ReconcileEvent.DriftFound(DriftedField.NAME),
            new ReconcileEvent.DriftFound(DriftedField.TAGS),
            new ReconcileEvent.DriftRepaired(DriftedField.NAME));
    // When
    meters.observe(SNAPSHOT, Duration.ZERO, () -> Optional.of(result));
    // Then
    assertThat(registry.get("connectwise.time.to.ready").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(42);
    assertThat(count("connectwise.recreations")).isEqualTo(1);
    assertThat(count("connectwise.recreations.held")).isEqualTo(1);
    assertThat(count("connectwise.deletions.held")).isEqualTo(1);
    assertThat(count("connectwise.token.secret.repairs")).isEqualTo(1);
    assertThat(count("connectwise.drift.found", "field", "tags")).isEqualTo(1);
    assertThat(count("connectwise.drift.repaired", "field", "name")).isEqualTo(1);
    assertThat(count("connectwise.drift.repaired", "field", "tags")).isZero();
    assertThat(registry.get("connectwise.pass.duration").tag("outcome", "ready").timer().count())
        .isEqualTo(1);
  }

  /** A failure is passed on to its handler, and is not counted as an ended reconcile. */
  @Test
  void rethrowsAFailureOfTheApiServerUncounted() {
    // Given
    KubernetesClientException failure = new KubernetesClientException("down");
    // When
    assertThatThrownBy(() ->
            meters.observe(
                SNAPSHOT,
                Duration.ZERO,
                () -> {
                  throw failure;
                }))
        // Then
        .isSameAs(failure);
    assertThat(registry.find("connectwise.pass.duration").timers()).isEmpty();
  }

  /** A backup may bring objects with malformed dates. */
  @Test
  void recordsNoTimeToReadyWithoutAValidDate() {
    // Given
    ReconcileInput strange =
        new ReconcileInput(
            Resources.acme(acme -> acme.getMetadata().setCreationTimestamp("yesterday")), Map.of());
    // When
    meters.observe(
        strange, Duration.ZERO, () -> Optional.of(ended(new ReconcileEvent.FirstReady())));
    // Then
    assertThat(registry.get("connectwise.time.to.ready").timer().count()).isZero();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private static ReconcileResult ended(ReconcileEvent... counted) {
    return new ReconcileResult(
        Optional.of(Reason.AVAILABLE),
        Optional.of(Duration.ofMinutes(10)),
        List.of(counted),
        new ReconcileResult.Remembered(
            Optional.empty(), Optional.empty(), false, false, Optional.empty()));
  }
}
