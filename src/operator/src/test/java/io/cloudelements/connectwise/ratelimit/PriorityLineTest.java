package io.cloudelements.connectwise.ratelimit;

import static io.cloudelements.connectwise.instance.Priority.CHANGES;
import static io.cloudelements.connectwise.instance.Priority.CREATIONS;
import static io.cloudelements.connectwise.instance.Priority.DRIFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resource is next at an account. */
class PriorityLineTest {
  private final PriorityLine line = new PriorityLine(16);

  /** Changes that a person waits for go before periodic checks. */
  @Test
  void admitsTheHighestPriorityFirst() {
    // Given
    join("drift", DRIFT);
    join("creation", CREATIONS);
    join("deletion", CHANGES);
    // When
    List<String> order = admitted(3);
    // Then
    assertThat(order).containsExactly("deletion", "creation", "drift");
  }

  @Test
  void isFifoWithinANamespace() {
    // Given
    List.of("one", "two", "three").forEach(name -> join(name, CREATIONS));
    // When
    List<String> order = admitted(3);
    // Then
    assertThat(order).containsExactly("one", "two", "three");
  }

  /** A tenant with a thousand resources must not delay another tenant's single one. */
  @Test
  void namespacesAlternateWithinAPriority() {
    // Given
    List.of("a", "b", "c", "d").forEach(name -> line.join(DRIFT, new ResourceId("red", name)));
    List.of("e", "f").forEach(name -> line.join(DRIFT, new ResourceId("green", name)));
    line.join(DRIFT, new ResourceId("blue", "g"));
    // When
    List<String> order = admitted(7);
    // Then
    assertThat(order).containsExactly("a", "e", "g", "b", "f", "c", "d");
  }

  /** The reported position is the real one. */
  @Test
  void tellsTheOrderInWhichItAdmits() {
    // Given
    List<ResourceId> waiting =
        Stream.of("red/a", "red/b", "red/c", "red/d", "green/e", "green/f", "blue/g")
            .map(each -> each.split("/"))
            .map(words -> new ResourceId(words[0], words[1]))
            .toList();
    waiting.forEach(resource -> line.join(DRIFT, resource));
    // When
    Map<Integer, String> told = new TreeMap<>();
    waiting.forEach(
        resource -> told.put(line.position(DRIFT, resource).orElseThrow(), resource.name()));
    // Then
    assertThat(told).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7);
    assertThat(told.values()).containsExactlyElementsOf(admitted(7));
  }

  /** A namespace that has had its turn is behind the others until they have had theirs. */
  @Test
  void tellsTheOrderAlsoBetweenTwoTurns() {
    // Given
    line.join(DRIFT, new ResourceId("red", "a"));
    line.join(DRIFT, new ResourceId("red", "b"));
    line.join(DRIFT, new ResourceId("green", "c"));
    // When
    line.next();
    // Then
    assertThat(line.position(DRIFT, new ResourceId("green", "c"))).contains(1);
    assertThat(line.position(DRIFT, new ResourceId("red", "b"))).contains(2);
    assertThat(line.position(DRIFT, new ResourceId("red", "a"))).isEmpty();
    assertThat(line.position(CHANGES, new ResourceId("red", "b"))).isEmpty();
  }

  /** Otherwise a resource that comes again and again would always be first. */
  @Test
  void aNamespaceThatRejoinsIsLast() {
    // Given
    line.join(DRIFT, new ResourceId("red", "a"));
    line.join(DRIFT, new ResourceId("green", "b"));
    line.next();
    // When
    line.join(DRIFT, new ResourceId("red", "c"));
    // Then
    assertThat(admitted(2)).containsExactly("b", "c");
  }

  /** A slow call cannot be taken back, so places are kept for what may come. */
  @ParameterizedTest
  @CsvSource({
    "16, CHANGES, 16", "16, CREATIONS, 15", "16, DRIFT, 12",
    "50, CHANGES, 50", "50, CREATIONS, 49", "50, DRIFT, 38",
    "4,  CHANGES, 4", "4,  CREATIONS, 3", "4,  DRIFT, 3",
    "2,  CHANGES, 2", "2,  CREATIONS, 2", "2,  DRIFT, 1",
    "1,  CHANGES, 1", "1,  CREATIONS, 1", "1,  DRIFT, 1",
  })
  void boundsTheSlotsOfAPriority(int places, Priority priority, int most) {
    // Given
    PriorityLine small = new PriorityLine(places);
    join(small, priority, 100);
    // When
    int inside = admitAll(small).size();
    // Then
    assertThat(inside).isEqualTo(most);
  }

  /** A deletion goes at once, with any number of drift checks and creations under way. */
  @Test
  void reservesASlotForAHigherPriority() {
    // Given: everything is taken that drift checks and creations may take together
    join(line, DRIFT, 100);
    admitAll(line);
    join(line, CREATIONS, 100);
    admitAll(line);
    join("deletion", CHANGES);
    // When
    Optional<String> next = line.next().map(ResourceId::name);
    // Then
    assertThat(next).contains("deletion");
    assertThat(line.inside()).isEqualTo(16);
  }

  @Test
  void aFullAccountAdmitsNone() {
    // Given
    join(line, CHANGES, 17);
    admitAll(line);
    // When
    Optional<String> next = line.next().map(ResourceId::name);
    // Then
    assertThat(next).isEmpty();
    line.leave(CHANGES);
    assertThat(line.next()).contains(resource("CHANGES 16"));
  }

  /** Endless creations must not stop drift checks. */
  @Test
  void noPriorityStarves() {
    // Given: one place, and a more urgent resource whenever it is free
    PriorityLine single = new PriorityLine(1);
    join(single, CHANGES, 1_000);
    join(single, CREATIONS, 1_000);
    join(single, DRIFT, 1_000);
    // When
    List<String> order = oneAfterTheOther(single, 180);
    // Then: each of the others gets one turn of eighteen, and no more
    assertThat(order).filteredOn(name -> name.startsWith("CHANGES")).hasSize(160);
    assertThat(order).filteredOn(name -> name.startsWith("CREATIONS")).hasSize(10);
    assertThat(order).filteredOn(name -> name.startsWith("DRIFT")).hasSize(10);
    assertThat(order.indexOf("CREATIONS 0")).isEqualTo(PriorityLine.PATIENCE);
  }

  /** A priority whose places are all taken is served: it has not been passed over. */
  @Test
  void aPriorityAtItsBoundIsNotStarved() {
    // Given: drift checks have all of theirs
    join(line, DRIFT, 100);
    admitAll(line);
    for (int i = 0; i < 2 * PriorityLine.PATIENCE; i++) {
      join("deletion " + i, CHANGES);
      line.next();
      line.leave(CHANGES);
    }
    line.leave(DRIFT);
    join("deletion", CHANGES);
    // When
    Optional<String> next = line.next().map(ResourceId::name);
    // Then
    assertThat(next).contains("deletion");
  }

  @Test
  void aResourceThatLeavesTheLineIsNotNext() {
    // Given
    join("deleted", CHANGES);
    join("second", CHANGES);
    // When
    line.remove(CHANGES, resource("deleted"));
    // Then
    assertThat(admitted(1)).containsExactly("second");
    assertThat(line.waiting(CHANGES)).isZero();
  }

  private static void join(PriorityLine line, Priority priority, int many) {
    IntStream.range(0, many).forEach(i -> line.join(priority, resource(priority + " " + i)));
  }

  private List<String> admitted(int many) {
    return IntStream.range(0, many).mapToObj(_ -> line.next().orElseThrow().name()).toList();
  }

  private static List<String> admitAll(PriorityLine line) {
    List<String> all = new ArrayList<>();
    for (Optional<ResourceId> next = line.next(); next.isPresent(); next = line.next()) {
      all.add(next.get().name());
    }
    return all;
  }

  private static List<String> oneAfterTheOther(PriorityLine line, int many) {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      String next = line.next().orElseThrow().name();
      order.add(next);
      line.leave(Priority.valueOf(next.substring(0, next.indexOf(' '))));
    }
    return order;
  }

  private void join(String name, Priority priority) {
    line.join(priority, resource(name));
  }

  private static ResourceId resource(String name) {
    return new ResourceId("default", name);
  }
}
