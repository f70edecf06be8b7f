package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.Network;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a person or the instance itself ends a hold; no other event does. */
class HeldRecreationTest {
  private static final Duration ROUND = Duration.ofMinutes(1);
  private static final int MANY = 20;

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final Network service = new SimulatedWire(simulator);
  private final InstancesApi withoutPrivilege = answering(404);

  /** None is proven gone, and thus made again, before so many are that all are held. */
  @BeforeEach
  void allAreHeld() {
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.passes(ROUND, api(service));
    crowd.annotation(Annotations.RECONCILE_REQUESTED_AT, "now");
    crowd.passes(
        Duration.ofMinutes(10), api(call -> answer(call.method().equals("PATCH") ? 503 : 404)));
    assertThat(crowd.synced("RecreationHeld")).isEqualTo(MANY);
    assertThat(posts()).isEqualTo(MANY);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 503})
  void aHoldOutlastsAFailure(int status) {
    // Given
    crowd.restart();
    crowd.passes(ROUND, answering(status));
    assertThat(crowd.synced("RecreationHeld")).isZero();
    // When
    crowd.restart();
    crowd.passes(ROUND, withoutPrivilege);
    // Then
    assertThat(posts()).isEqualTo(MANY);
    assertThat(crowd.synced("RecreationHeld")).isEqualTo(MANY);
  }

  @Test
  void aHoldOutlastsAChangeOfTheSpec() {
    // When
    crowd.name("Another name");
    crowd.passes(ROUND, withoutPrivilege);
    // Then
    assertThat(posts()).isEqualTo(MANY);
    assertThat(crowd.synced("RecreationHeld")).isEqualTo(MANY);
  }

  @Test
  void aHoldEndsWhenTheInstancesShowAgain() {
    // Given
    crowd.restart();
    crowd.passes(ROUND, answering(503));
    // When
    crowd.restart();
    crowd.passes(ROUND, api(service));
    // Then
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    assertThat(posts()).isEqualTo(MANY);
  }

  private long posts() {
    return simulator.journal().count(Route.POST_INSTANCES);
  }

  /** POST reaches the service; everything else is answered so, as the platform does. */
  private InstancesApi answering(int status) {
    return api(call -> call.method().equals("POST") ? service.send(call) : answer(status));
  }

  private static SendOutcome answer(int status) {
    Map<String, String> headers = Map.of("Elements-Request-Id", "5b0437c6e4b07731ae39b533");
    return new SendOutcome.Answered(status, headers, "{\"message\":\"No.\"}");
  }

  private InstancesApi api(Network wire) {
    return InMemoryTransport.api(wire, crowd);
  }
}
