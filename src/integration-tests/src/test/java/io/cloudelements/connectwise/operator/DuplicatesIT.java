package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.simulator.model.Instance;
import org.junit.jupiter.api.Test;

/** A duplicate that was made by hand: found, shown everywhere, never used. */
@RealOperator
class DuplicatesIT {

  @Test
  void reportsADuplicateInStatusEventAndMetric(Tenant tenant, OperatedCluster cluster) {
    // Given
    Instance ours = tenant.provisions("acme");
    long copy = copyOf(ours, tenant);
    // When
    tenant.requestsReconcile("acme");
    // Then
    tenant.awaits(
        "the status",
        () -> assertThat(tenant.status("acme").orElseThrow().duplicates()).containsExactly(copy));
    assertThat(tenant.status("acme").orElseThrow().instanceId()).isEqualTo(ours.id());
    tenant.awaits(
        "the event",
        () ->
            assertThat(tenant.person().gets("events"))
                .contains("DuplicateFound")
                .contains("[" + copy + "]"));
    await().until(() -> cluster.operator().metric("connectwise_duplicates") == 1);
    tenant.person().deletes("cwi", "acme");
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance(copy).isLive())
        .as("deletion removes everything that carries the ownership tag")
        .isFalse();
  }

  private static long copyOf(Instance original, Tenant tenant) {
    return tenant
        .account()
        .makesByHand(
            original.elementKey(), original.name(), original.tags(), original.configuration())
        .id();
  }
}
