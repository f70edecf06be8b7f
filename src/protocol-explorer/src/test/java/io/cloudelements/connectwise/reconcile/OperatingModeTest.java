package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator that may only look does, and what is left of it when the mode ends. */
class OperatingModeTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final int MANY = 20;

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final InstancesApi service = InMemoryTransport.api(new SimulatedWire(simulator), crowd);

  /** The first start against an account that exists. */
  @ParameterizedTest
  @EnumSource(names = {"OBSERVE", "PLAN"})
  void makesNothing(ManagementPolicy mode) {
    // Given
    crowd.restart(mode);
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    // When
    crowd.arrives(MANY);
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(changes()).isZero();
    assertThat(crowd.messages()).allMatch(text -> text.contains("OPERATING_MODE " + mode.key()));
  }

  /** Each status says it once, and nothing else changes. */
  @ParameterizedTest
  @EnumSource(names = {"OBSERVE", "PLAN"})
  void isToldOnceByWhatHasConverged(ManagementPolicy mode) {
    // Given
    converged();
    // When
    crowd.restart(mode);
    crowd.passes(AN_HOUR, service);
    crowd.restart(mode);
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(crowd.writes()).isEqualTo(Collections.nCopies(MANY, "status"));
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    assertThat(crowd.messages()).allMatch(text -> text.contains("OPERATING_MODE " + mode.key()));
    assertThat(changes()).isEqualTo(MANY);
  }

  /** Neither at the service nor in the cluster. */
  @ParameterizedTest
  @EnumSource(names = {"OBSERVE", "PLAN"})
  void leavingItWritesToNothingThatHasConverged(ManagementPolicy mode) {
    // Given
    converged();
    crowd.restart(mode);
    crowd.passes(AN_HOUR, service);
    crowd.writes().clear();
    // When
    crowd.restart(ManagementPolicy.MANAGE);
    crowd.passes(Duration.ofDays(1), service);
    // Then
    assertThat(crowd.writes()).isEmpty();
    assertThat(changes()).isEqualTo(MANY);
  }

  /** A message that changes anyway no longer names the former mode. */
  @Test
  void theNextWriteLeavesItOut() {
    // Given
    converged();
    crowd.restart(ManagementPolicy.OBSERVE);
    crowd.passes(AN_HOUR, service);
    crowd.restart(ManagementPolicy.MANAGE);
    // When
    crowd.name("Another name");
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    assertThat(crowd.messages()).noneMatch(text -> text.contains("OPERATING_MODE"));
  }

  /** A change that is wanted waits until the mode ends. */
  @ParameterizedTest
  @EnumSource(names = {"OBSERVE", "PLAN"})
  void changesAreMadeWhenItEnds(ManagementPolicy mode) {
    // Given
    converged();
    crowd.restart(mode);
    crowd.name("Another name");
    crowd.passes(AN_HOUR, service);
    long before = changes();
    // When
    crowd.restart(ManagementPolicy.MANAGE);
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(before).isEqualTo(MANY);
    assertThat(simulator.journal().count(Route.PATCH_INSTANCE)).isEqualTo(MANY);
  }

  /** A cluster that was restored beside the old one must not delete the old one's instances. */
  @ParameterizedTest
  @EnumSource(names = {"OBSERVE", "PLAN"})
  void aDeletionLeavesTheInstance(ManagementPolicy mode) {
    // Given
    converged();
    crowd.restart(mode);
    // When
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(crowd.names()).isEmpty();
    assertThat(changes()).isEqualTo(MANY);
  }

  /** The resource's own policy may let it do less. */
  @Test
  void theLowestOfBothHolds() {
    // Given
    crowd.restart(ManagementPolicy.OBSERVE);
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(1);
    // When
    crowd.managementPolicy("Plan");
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(crowd.synced("Planned")).isEqualTo(1);
    assertThat(changes()).isZero();
  }

  private void converged() {
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.passes(AN_HOUR, service);
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    crowd.writes().clear();
  }

  /** Requests that change something at the service. */
  private long changes() {
    return List.of(
            Route.POST_INSTANCES, Route.PUT_INSTANCE, Route.PATCH_INSTANCE, Route.DELETE_INSTANCE)
        .stream()
        .mapToLong(simulator.journal()::count)
        .sum();
  }
}
