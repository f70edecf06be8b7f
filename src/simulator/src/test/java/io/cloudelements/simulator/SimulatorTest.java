package io.cloudelements.simulator;

import static io.cloudelements.simulator.model.Route.DELETE_INSTANCE;
import static io.cloudelements.simulator.model.Route.POST_INSTANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Faults;
import io.cloudelements.simulator.model.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What surrounds the faults of a call: user, seed, listeners, journal. */
class SimulatorTest extends InMemorySimulator {
  @Test
  void revokesTheUserAfterThreeCalls() {
    // Given
    simulator.faults().on().nth(3).inject(new Fault.RevokesUser());

    // When
    List<Integer> statuses =
        List.of(status(create()), status(list()), status(list()), status(list()));

    // Then
    assertThat(statuses).containsExactly(200, 200, 401, 401);
  }

  @Test
  void drawsFaultsAndLatencyFromTheSeed() {
    // Given
    Set<List<Duration>> runs = new HashSet<>();
    Fault latency = new Fault.Latency(Duration.ofSeconds(9), Duration.ofSeconds(26));

    // When
    for (int run = 0; run < 2; run++) {
      Simulator fresh = new Simulator(new Platform(clock), new Faults(11));
      fresh.faults().on(POST_INSTANCES).withProbability(0.5).inject(latency);
      List<Duration> delays = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        delays.add(fresh.arrive(caller.post("/instances", CREATION)).delay());
      }
      runs.add(delays);
    }

    // Then both runs are the same, and about half of the calls are slow
    assertThat(runs).hasSize(1);
    List<Duration> delays = runs.iterator().next();
    assertThat(delays.stream().filter(Duration::isPositive).count()).isBetween(10L, 40L);
    assertThat(delays)
        .allMatch(d ->
            d.isZero()
                || (d.compareTo(Duration.ofSeconds(9)) >= 0
                    && d.compareTo(Duration.ofSeconds(26)) <= 0));
  }

  @Test
  void notifiesListenersOfTheStagesOfACall() {
    // Given
    List<String> moments = new ArrayList<>();
    simulator.listen(
        new CallListener() {
          @Override
          public void arrived(Call call) {
            moments.add("arrived " + platform.live().size());
          }

          @Override
          public void beforeEffect(Call call) {
            moments.add("before " + platform.live().size());
          }

          @Override
          public void afterEffect(Call call) {
            moments.add("after " + platform.live().size() + " " + call.outcome());
          }
        });

    // When
    create();

    // Then
    assertThat(moments).containsExactly("arrived 0", "before 0", "after 1 IN_PROGRESS");
  }

  @Test
  void keepsAJournalWithoutSecrets() {
    // Given
    create();
    simulator.deliver(caller.delete("/instances/1234"));

    // When
    List<Call> calls = simulator.journal().calls(POST_INSTANCES, DELETE_INSTANCE);

    // Then
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).effects()).hasToString("[CallEffect[kind=CREATED, instanceId=1234]]");
    assertThat(calls.get(1).effects()).hasToString("[CallEffect[kind=DELETED, instanceId=1234]]");
    assertThat(calls.get(0).status()).hasValue(200);
    assertThat(calls.get(0).body()).contains("acme").doesNotContain("canary");
    assertThat(calls.toString()).doesNotContain("canary");
    assertThat(simulator.journal().unmaskedBody(1)).contains("canary");
    assertThat(simulator.journal().count(POST_INSTANCES)).isEqualTo(1);
  }
}
