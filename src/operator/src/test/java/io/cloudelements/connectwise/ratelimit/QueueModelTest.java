package io.cloudelements.connectwise.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue does what its rules say, over long random histories. */
class QueueModelTest {
  private static final int STEPS = 5_000;
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration A_WHILE = Duration.ofSeconds(30);
  private static final List<String> NAMESPACES = List.of("red", "green", "blue");

  private Instant now = NOON;

  /** With few places and many resources the queue is long, with many it is mostly empty. */
  @ParameterizedTest
  @CsvSource({"7, 1", "7, 3", "7, 4", "7, 16", "42, 1", "42, 2", "42, 5", "42, 16"})
  void agreesWithASimpleModel(long seed, int places) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    AccountQueues queues = new AccountQueues(new QueueSettings(places, 512, 5, A_WHILE));
    NaiveQueue model = new NaiveQueue(places);
    AccountKey account = new AccountKey("5f2c0c9a1b7e", "api.example.com");
    Map<ResourceId, Permit> permits = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      // When
      ResourceId resource = anyResource(random);
      boolean holds = permits.containsKey(resource);
      int action = random.nextInt(10);
      if (action == 0) {
        now = now.plusMillis(random.nextInt(6_000));
      } else if (holds) {
        queues.release(permits.remove(resource), now);
        model.release(resource, now);
      } else if (action == 1) {
        queues.withdraw(resource, now);
        model.withdraw(resource, now);
      } else {
        Priority priority = any(random, List.of(Priority.values()));
        Admission admission = queues.admit(account, resource, priority, now);
        if (admission instanceof Admitted(Permit permit)) {
          permits.put(resource, permit);
        }
        // Then
        assertThat(admission instanceof Admitted)
            .as("step %s of %s", step, resource)
            .isEqualTo(model.admit(resource, priority, now));
      }
      assertThat(reserved(queues)).as("step %s", step).isEqualTo(model.reservations());
    }
  }

  /**
   * Many accounts with few connections: each resource with a reservation gets its permit, and when
   * resources come when a place is reserved, and once a minute, all are served.
   */
  @ParameterizedTest
  @ValueSource(longs = {7, 42, 20_260_105})
  void servesAllResourcesWhenSomeComeLateOrNever(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    AccountQueues queues = new AccountQueues(new QueueSettings(4, 8, 5, A_WHILE));
    Map<ResourceId, AccountKey> wanting = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      wanting.put(
          new ResourceId(any(random, NAMESPACES), "r-" + i),
          new AccountKey("account-" + random.nextInt(5), "api.example.com"));
    }
    Map<ResourceId, Permit> permits = new HashMap<>();
    List<ResourceId> coming = new ArrayList<>();
    // When
    for (int minute = 0; minute < 300 && !wanting.isEmpty(); minute++) {
      coming.addAll(List.copyOf(wanting.keySet()));
      while (!coming.isEmpty()) {
        ResourceId resource = coming.remove(random.nextInt(coming.size()));
        AccountKey account = wanting.get(resource);
        boolean lost = random.nextInt(10) == 0;
        if (!lost && account != null && !permits.containsKey(resource)) {
          Priority priority = any(random, List.of(Priority.values()));
          if (queues.admit(account, resource, priority, now) instanceof Admitted(Permit permit)) {
            permits.put(resource, permit);
          }
        }
        // Then
        assertThat(permits.size()).isLessThanOrEqualTo(8);
        if (!permits.isEmpty() && random.nextBoolean()) {
          ResourceId done = any(random, List.copyOf(permits.keySet()));
          queues.release(permits.remove(done), now);
          wanting.remove(done);
        }
        coming.addAll(reserved(queues));
        now = now.plusMillis(random.nextInt(40));
      }
      now = now.plusSeconds(60);
    }
    assertThat(wanting).isEmpty();
    permits.values().forEach(permit -> queues.release(permit, now));
  }

  private static ResourceId anyResource(SplittableRandom random) {
    return new ResourceId(any(random, NAMESPACES), "r-" + random.nextInt(12));
  }

  private static <T> T any(SplittableRandom random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static List<ResourceId> reserved(AccountQueues queues) {
    return queues.events().stream()
        .filter(QueueEvent.Reserved.class::isInstance)
        .map(event -> ((QueueEvent.Reserved) event).resource())
        .toList();
  }
}
