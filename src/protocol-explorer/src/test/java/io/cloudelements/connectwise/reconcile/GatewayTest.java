package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.Network;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A 404 that may come from a gateway in between makes no instance gone. */
class GatewayTest {
  private static final String NOT_FOUND = "{\"message\":\"Not Found\"}";

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final Network service = new SimulatedWire(simulator);

  @BeforeEach
  void open() {
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
  }

  /** Reads and PATCH are answered by the gateway, POST by the service: one more each reconcile. */
  @Test
  void aGatewayAnsweringJsonCausesNoSecondInstance() {
    // Given
    crowd.arrives(1);
    // When
    crowd.passes(Duration.ofHours(5), api(gateway(Map.of())));
    // Then
    assertThat(simulator.platform().live()).hasSize(1);
    assertThat(crowd.synced("UnexpectedAnswer")).isOne();
  }

  /** Even a false 404 with a request id causes at most one more instance in an hour. */
  @Test
  void aGatewayWithRequestIdsCausesOneRecreationPerHour() {
    // Given
    crowd.arrives(1);
    InstancesApi instances =
        api(gateway(Map.of("Elements-Request-Id", "5b0437c6e4b07731ae39b533")));
    // When
    crowd.passes(Duration.ofMinutes(70), instances);
    // Then: the first, and the one in its place
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(2);
    assertThat(crowd.synced("RecreationDelayed")).isOne();
    assertThat(crowd.messages())
        .singleElement()
        .asString()
        .contains("cloudelements.io/confirm-recreate");
  }

  /** It is recorded in the status, so that neither a restart nor a lost memory begins anew. */
  @Test
  void recreationDelaySurvivesARestart() {
    // Given
    crowd.arrives(1);
    InstancesApi instances =
        api(gateway(Map.of("Elements-Request-Id", "5b0437c6e4b07731ae39b533")));
    crowd.passes(Duration.ofMinutes(40), instances);
    // When
    crowd.restart();
    crowd.passes(Duration.ofMinutes(1), instances);
    // Then
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(2);
  }

  /** Contract §6: whether the empty list's 404 is like the other errors is unknown. */
  @Test
  void aFirstCreationNeedsNoProofOfAnEmptySearch() {
    // Given
    simulator.platform().behave(known -> known.with(b -> b.requestIdInEmptyList = false));
    crowd.arrives(1);
    // When
    crowd.passes(Duration.ofHours(1), api(service));
    // Then
    assertThat(crowd.synced("Available")).isOne();
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isOne();
  }

  @Test
  void anUnprovenSearchAfterALostPostCreatesNothing() {
    // Given
    simulator.platform().behave(known -> known.with(b -> b.requestIdInEmptyList = false));
    simulator.faults().on(Route.POST_INSTANCES).first(1).inject(new Fault.LostBeforeApplied());
    crowd.arrives(1);
    // When
    crowd.passes(Duration.ofHours(5), api(service));
    // Then
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isOne();
    assertThat(crowd.messages())
        .singleElement()
        .asString()
        .contains("without a request id")
        .contains("cloudelements.io/confirm-recreate");
  }

  /** Contract §3: a list item is a summary; the id is enough to go on with. */
  @Test
  void aListWithoutTokensAllowsAdoptionAndDeletion() {
    // Given
    simulator.platform().behave(known -> known.with(b -> b.tokensInLists = false));
    crowd.arrives(1);
    crowd.passes(Duration.ofMinutes(1), api(service));
    assertThat(crowd.synced("Available")).isOne();
    // When
    crowd.deletion();
    crowd.passes(Duration.ofMinutes(1), api(service));
    // Then
    assertThat(crowd.names()).isEmpty();
    assertThat(simulator.platform().live()).isEmpty();
  }

  private Network gateway(Map<String, String> headers) {
    return call ->
        call.method().equals("POST")
            ? service.send(call)
            : new SendOutcome.Answered(404, headers, NOT_FOUND);
  }

  private InstancesApi api(Network wire) {
    return InMemoryTransport.api(wire, crowd);
  }
}
