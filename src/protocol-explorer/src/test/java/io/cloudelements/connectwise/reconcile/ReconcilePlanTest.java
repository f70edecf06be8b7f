package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code managementPolicy: Plan} reports of an instance that exists already. */
class ReconcilePlanTest {
  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final InstancesApi service = InMemoryTransport.api(new SimulatedWire(simulator), crowd);
  private long id;

  @BeforeEach
  void converge() {
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(1);
    crowd.passes(Duration.ZERO, service);
    id = status().instanceId();
  }

  @Test
  void planKeepsAnExistingInstanceReady() {
    // When
    crowd.managementPolicy("Plan");
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(ready()).isEqualTo("True");
    assertThat(crowd.synced("Planned")).isEqualTo(1);
  }

  /** The instance is lost; its id stays recorded until Manage recreates it. */
  @Test
  void planShowsTheRecreationOfALostInstance() {
    // Given
    simulator.platform().outsideWorld().deleteExternally(id);
    // When
    crowd.managementPolicy("Plan");
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(ready()).isEqualTo("False");
    assertThat(crowd.synced("NotFound")).isEqualTo(1);
    assertThat(crowd.messages().toString()).contains("Instance " + id + " is gone");
    assertThat(status().plan()).first().asString().startsWith("POST /instances");
    assertThat(status().instanceId()).isEqualTo(id);
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(1);
  }

  private ConnectWiseInstanceStatus status() {
    return crowd.resourceNamed("acme-0").getStatus();
  }

  private String ready() {
    return status().conditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }
}
