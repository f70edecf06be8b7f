package io.cloudelements.connectwise.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.Occurrence;
import io.cloudelements.connectwise.reconcile.PassResult;
import io.cloudelements.connectwise.reconcile.Snapshot;
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

/** What passes are counted by. */
class PassMetersTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:42Z");
  private static final Snapshot SNAPSHOT =
      new Snapshot(
          Resources.acme(acme -> acme.getMetadata().setCreationTimestamp("2026-11-24T10:00:00Z")),
          Map.of(),
          Optional.empty(),
          0,
          Optional.empty());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PassMeters meters = new PassMeters(registry, InstantSource.fixed(NOW));

  /** What a pass says has happened is what the counters say. */
  @Test
  void countsWhatHappened() {
    // Given
    PassResult result =
        ended(
            new Occurrence.FirstReady(),
            new Occurrence.Recreated(),
            new Occurrence.RecreationHeld(),
            new Occurrence.TokenSecretRepaired(),
            new Occurrence.DriftFound(DriftedField.NAME),
            new Occurrence.DriftFound(DriftedField.TAGS),
            new Occurrence.DriftRepaired(DriftedField.NAME));
    // When
    meters.observe(SNAPSHOT, Duration.ZERO, () -> Optional.of(result));
    // Then
    assertThat(registry.get("connectwise.time.to.ready").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(42);
    assertThat(count("connectwise.recreations")).isEqualTo(1);
    assertThat(count("connectwise.recreations.held")).isEqualTo(1);
    assertThat(count("connectwise.token.secret.repairs")).isEqualTo(1);
    assertThat(count("connectwise.drift.found", "field", "tags")).isEqualTo(1);
    assertThat(count("connectwise.drift.repaired", "field", "name")).isEqualTo(1);
    assertThat(count("connectwise.drift.repaired", "field", "tags")).isZero();
    assertThat(registry.get("connectwise.pass.duration").tag("outcome", "ready").timer().count())
        .isEqualTo(1);
  }

  /** A failure goes on to who handles it, and is no pass that ended. */
  @Test
  void aPassThatTheApiServerEndedIsHandedOn() {
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

  /** A backup may bring objects whose dates nobody can read. */
  @Test
  void aResourceWithoutAReadableDateHasNoTimeToReady() {
    // Given
    Snapshot strange =
        new Snapshot(
            Resources.acme(acme -> acme.getMetadata().setCreationTimestamp("yesterday")),
            Map.of(),
            Optional.empty(),
            0,
            Optional.empty());
    // When
    meters.observe(strange, Duration.ZERO, () -> Optional.of(ended(new Occurrence.FirstReady())));
    // Then
    assertThat(registry.get("connectwise.time.to.ready").timer().count()).isZero();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private static PassResult ended(Occurrence... occurrences) {
    return new PassResult(
        Optional.of(Reason.AVAILABLE),
        Optional.of(Duration.ofMinutes(10)),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(occurrences),
        Optional.empty());
  }
}
