package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.Network;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Fault.Status;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.fault.Fault.TooManyRequests.RetryAfterFormat;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.model.Route;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one bad account costs, whose fifty resources all want something. */
class DeadAccountTest {
  private static final int MANY = 50;

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final Network service = new SimulatedWire(simulator);

  /** Five calls to see it, then one at a time after 5, 10 and 20 s, give or take the jitter. */
  @Test
  void aWrongSecretCostsEightCallsInTheFirstMinute() {
    // Given
    crowd.credentials("wrong", Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    // When
    crowd.passes(Duration.ofMinutes(1), gated(service));
    // Then
    assertThat(simulator.journal().count()).isEqualTo(8);
    assertThat(crowd.synced("AccountRejected")).isEqualTo(8);
    assertThat(crowd.synced("HeldBack")).isEqualTo(MANY - 8);
  }

  /** A held back resource reports that once; a retry that is held back again writes nothing. */
  @Test
  void aHeldBackResourceWritesOnce() {
    // Given
    crowd.credentials("wrong", Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    // When
    crowd.passes(Duration.ofMinutes(1), gated(service));
    // Then: the five wrote a finalizer, an intent and what became of it; three were probes later
    assertThat(crowd.writes()).filteredOn("finalizer"::equals).hasSize(5);
    assertThat(crowd.writes()).filteredOn("status"::equals).hasSize(5 * 2 + (MANY - 5) + 3);
    assertThat(crowd.writes()).hasSize(5 + 58);
    assertThat(crowd.reconciles())
        .as("reconciles, nearly all of which did nothing")
        .isGreaterThan(150);
  }

  /** One asks and is told to wait, for all of them; after each pause, or a longer one, one asks. */
  @Test
  void rateLimitingCostsOneCallPerPause() {
    // Given
    simulator
        .faults()
        .on()
        .inject(new TooManyRequests(RetryAfterFormat.SECONDS, Duration.ofSeconds(10)));
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    // When
    crowd.passes(Duration.ofMinutes(1), gated(service));
    // Then
    List<Instant> calls = simulator.journal().calls().stream().map(Call::at).toList();
    assertThat(calls).hasSize(5);
    for (int i = 1; i < calls.size(); i++) {
      assertThat(Duration.between(calls.get(i - 1), calls.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void messageNamesTheAccountAndTheRemedy() {
    // Given
    crowd.credentials("wrong", Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    String account =
        new Account(
                URI.create(Crowd.BASE_URL),
                SecretValue.of("wrong"),
                SecretValue.of(Crowd.ORGANIZATION))
            .fingerprint();
    // When
    crowd.passes(Duration.ofSeconds(1), gated(service));
    // Then
    assertThat(crowd.messages())
        .allSatisfy(message -> assertThat(message).contains("account " + account))
        .anySatisfy(held -> assertThat(held).contains("a corrected Secret or spec.baseUrl"))
        .anySatisfy(rejected -> assertThat(rejected).contains("Check userSecret"));
  }

  /** A corrected Secret is used at once; the pause of the old account does not apply. */
  @Test
  void allResourcesUseACorrectedSecretAtOnce() {
    // Given: an hour, after which the pause is at its longest
    InstancesApi instances = gated(service);
    crowd.credentials("wrong", Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.passes(Duration.ofHours(1), instances);
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    // When
    crowd.passes(Duration.ZERO, instances);
    // Then
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(MANY);
  }

  /** The other way to a wrong account. */
  @Test
  void allResourcesUseACorrectedBaseUrlAtOnce() {
    // Given
    String dead = "https://dead.example.com/elements/api-v2";
    InstancesApi instances =
        gated(call ->
            call.target().toString().startsWith(dead)
                ? new SendOutcome.Refused()
                : service.send(call));
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.baseUrl(dead);
    crowd.passes(Duration.ofHours(1), instances);
    crowd.baseUrl(Crowd.BASE_URL);
    // When
    crowd.passes(Duration.ZERO, instances);
    // Then
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
  }

  /** The service comes back by itself: the next probe is answered, and no resource is forgotten. */
  @Test
  void allResourcesContinueAfterAnAnsweredProbe() {
    // Given: an outage of an hour
    InstancesApi instances = gated(service);
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    FaultRule outage = simulator.faults().on().inject(Status.of(503));
    crowd.passes(Duration.ofHours(1), instances);
    simulator.faults().remove(outage);
    // When
    crowd.passes(Duration.ofMinutes(15), instances);
    // Then
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(MANY);
  }

  private RateLimitedInstancesApi gated(Network wire) {
    return new RateLimitedInstancesApi(
        InMemoryTransport.api(wire, crowd),
        QueueSettings.DEFAULTS,
        crowd,
        crowd,
        QueueObserver.NONE);
  }
}
