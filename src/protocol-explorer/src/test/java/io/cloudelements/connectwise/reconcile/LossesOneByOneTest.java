package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was made again counts: a service that loses one after the other is stopped at the limit. */
class LossesOneByOneTest {
  private static final int MANY = 20;
  private static final int LIMIT = 5;
  private static final Duration APART = Duration.ofSeconds(20);

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final InstancesApi service = InMemoryTransport.api(new SimulatedWire(simulator), crowd);

  @Test
  void lossesOfOneIntervalCountTogether() {
    // Given
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.passes(Duration.ofMinutes(1), service);
    List<Long> made = crowd.instances();
    // When
    for (long lost : made) {
      simulator.platform().outsideWorld().deleteExternally(lost);
      crowd.annotation(Annotations.RECONCILE_REQUESTED_AT, "lost " + lost);
      crowd.passes(APART, service);
    }
    // Then
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(MANY + LIMIT);
    assertThat(crowd.synced("RecreationHeld")).isEqualTo(MANY - LIMIT);
  }
}
