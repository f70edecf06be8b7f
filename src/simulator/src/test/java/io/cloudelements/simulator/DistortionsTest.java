package io.cloudelements.simulator;

import static io.cloudelements.simulator.model.Route.GET_INSTANCE;
import static io.cloudelements.simulator.model.Route.GET_INSTANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.ApiResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Faults of reading: what a call sees that is not so. */
class DistortionsTest extends InMemorySimulator {
  @Test
  void hidesNewEntriesFromLists() {
    // Given
    simulator.faults().on(GET_INSTANCES).inject(new Fault.HidesYoungerThan(Duration.ofSeconds(5)));
    create();

    // When
    int atOnce = status(list());
    int byId = status(simulator.deliver(caller.get("/instances/1234")));
    clock.advance(Duration.ofSeconds(5));
    int later = status(list());

    // Then
    assertThat(List.of(atOnce, byId, later)).containsExactly(404, 200, 200);
  }

  @Test
  void ignoresTagsInLists() {
    // Given
    simulator.faults().on(GET_INSTANCES).inject(new Fault.IgnoresTags());
    create();

    // When
    Delivery delivery = simulator.deliver(caller.get("/instances?tags[]=other"));

    // Then
    assertThat(response(delivery).body()).contains("\"id\":1234");
  }

  @Test
  void losesOrRepeatsPages() {
    // Given
    for (int i = 0; i < 5; i++) {
      platform.outsideWorld().createByHand(user, "connectwisehd", "n" + i, Set.of(), Map.of());
    }
    ApiResponse first = response(simulator.deliver(caller.get("/instances?pageSize=2")));
    String second =
        "/instances?pageSize=2&nextPage=" + first.header("Elements-Next-Page-Token").orElseThrow();

    // When
    simulator.faults().on(GET_INSTANCES).nth(1).inject(new Fault.DropsPageToken());
    simulator.faults().on(GET_INSTANCES).nth(2).inject(new Fault.RepeatsPage());
    ApiResponse dropped = response(simulator.deliver(caller.get("/instances?pageSize=2")));
    ApiResponse repeated = response(simulator.deliver(caller.get(second)));

    // Then
    assertThat(dropped.header("Elements-Next-Page-Token")).isEmpty();
    assertThat(repeated.body()).contains("\"id\":1234").doesNotContain("\"id\":1236");
  }

  @Test
  void staleReadsShowAnEarlierState() {
    // Given
    create();
    clock.advance(Duration.ofSeconds(10));
    simulator.deliver(caller.delete("/instances/1234"));
    simulator.faults().on(GET_INSTANCE).nth(1).inject(Fault.StaleRead.by(Duration.ofSeconds(1)));
    simulator.faults().on(GET_INSTANCE).nth(2).inject(Fault.StaleRead.by(1));

    // When
    int secondAgo = status(simulator.deliver(caller.get("/instances/1234")));
    int changeAgo = status(simulator.deliver(caller.get("/instances/1234")));
    int now = status(simulator.deliver(caller.get("/instances/1234")));

    // Then
    assertThat(List.of(secondAgo, changeAgo, now)).containsExactly(200, 200, 404);
  }
}
