package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Simulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tenants share an account: what one of them writes holds no recreation of another. */
class OthersLossesTest {
  private static final Duration ROUND = Duration.ofMinutes(1);
  private static final int MANY = 20;
  private static final long MISSING = 900_001;

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final InstancesApi service = InMemoryTransport.api(new SimulatedWire(simulator), crowd);

  @Test
  void idsThatOthersMerelyNameHoldNoRecreation() {
    // Given
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(1);
    crowd.passes(ROUND, service);
    long lost = crowd.instances().getFirst();
    crowd.othersArrive(MANY, MISSING);
    crowd.passes(ROUND, service);
    simulator.platform().outsideWorld().deleteExternally(lost);
    // When
    crowd.annotation(Annotations.RECONCILE_REQUESTED_AT, "now");
    crowd.passes(ROUND, service);
    // Then
    assertThat(crowd.synced("RecreationHeld")).isZero();
    assertThat(crowd.synced("Available")).isEqualTo(1);
  }
}
