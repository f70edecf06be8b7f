package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.CallJournal;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What many resources cost at once: no more than so many times one. */
@RealOperator(OperatorScope.TEST)
class FleetCostIT {
  private static final int COUNT = 30;
  private static final List<String> NAMES = Tenant.names("desk", COUNT);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Contention must not show as conflicts, second passes, or events told twice. */
  @Test
  void creationsAmongManyCostNoExtraCallsOrWrites(Tenant tenant, OperatedCluster cluster) {
    // Given
    CallJournal calls = cluster.simulator().journal();
    // When
    tenant.appliesHelpDesks(NAMES);
    // Then
    tenant.awaitsReady(NAMES, SOON);
    tenant.awaits(
        "the events are published",
        () -> assertThat(count(tenant, "create events/", 201)).isEqualTo(COUNT));
    assertThat(count(tenant, "create secrets/", 201)).isEqualTo(COUNT);
    assertThat(count(tenant, "patch connectwiseinstances/", 200)).isEqualTo(3L * COUNT);
    assertThat(tenant.writes()).hasSize(5 * COUNT);
    assertThat(calls.count(Route.GET_INSTANCES)).isEqualTo(COUNT);
    assertThat(calls.count(Route.POST_INSTANCES)).isEqualTo(COUNT);
    assertThat(calls.count()).isEqualTo(2 * COUNT);
  }

  /** A search, a DELETE, and the finalizer's removal; an event tells of each. */
  @Test
  void deletionsAmongManyCostNoExtraCallsOrWrites(Tenant tenant, OperatedCluster cluster) {
    // Given
    tenant.appliesHelpDesks(NAMES);
    tenant.awaitsReady(NAMES, SOON);
    tenant.awaitsWritesOfCreations(COUNT);
    CallJournal calls = cluster.simulator().journal();
    int before = calls.count();
    // When
    tenant.person().runs("delete", "cwi", "--all", "--timeout=30s");
    // Then
    List<String> writes = tenant.writes().stream().skip(5L * COUNT).toList();
    assertThat(writes).filteredOn(line -> line.startsWith("patch connectwise")).hasSize(COUNT);
    assertThat(writes).filteredOn(line -> line.startsWith("create events/")).hasSize(COUNT);
    assertThat(writes).filteredOn(line -> line.startsWith("delete secrets/")).hasSize(COUNT);
    assertThat(writes).hasSize(3 * COUNT);
    assertThat(calls.count(Route.DELETE_INSTANCE)).isEqualTo(COUNT);
    assertThat(calls.count() - before).isEqualTo(2 * COUNT);
  }

  private static long count(Tenant tenant, String begin, int status) {
    return tenant.writes().stream()
        .filter(line -> line.startsWith(begin) && line.endsWith(" " + status))
        .count();
  }
}
