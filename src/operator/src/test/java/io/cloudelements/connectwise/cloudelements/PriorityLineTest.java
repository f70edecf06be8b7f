package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.instance.Priority.CHANGES;
import static io.cloudelements.connectwise.instance.Priority.CREATIONS;
import static io.cloudelements.connectwise.instance.Priority.DRIFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is next at an account. */
class PriorityLineTest {
  private final PriorityLine<String> line = new PriorityLine<>(16);

  /** What a person waits for goes before what nobody waits for. */
  @Test
  void theMoreUrgentLaneGoesFirst() {
    // Given
    line.join(DRIFT, "drift");
    line.join(CREATIONS, "creation");
    line.join(CHANGES, "deletion");
    // When
    List<String> order = admitted(3);
    // Then
    assertThat(order).containsExactly("deletion", "creation", "drift");
  }

  @Test
  void withinALaneTheFirstComesFirst() {
    // Given
    List.of("one", "two", "three").forEach(who -> line.join(CREATIONS, who));
    // When
    List<String> order = admitted(3);
    // Then
    assertThat(order).containsExactly("one", "two", "three");
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
  void aLaneGetsSoManyPlaces(int places, Priority priority, int most) {
    // Given
    PriorityLine<String> small = new PriorityLine<>(places);
    join(small, priority, 100);
    // When
    int inside = admitAll(small).size();
    // Then
    assertThat(inside).isEqualTo(most);
  }

  /** Whatever drift checks and creations are under way, a deletion goes at once. */
  @Test
  void oneMoreUrgentCallAlwaysFindsAPlace() {
    // Given: everything is taken that drift checks and creations may take together
    join(line, DRIFT, 100);
    admitAll(line);
    join(line, CREATIONS, 100);
    admitAll(line);
    line.join(CHANGES, "deletion");
    // When
    Optional<String> next = line.next();
    // Then
    assertThat(next).contains("deletion");
    assertThat(line.inside()).isEqualTo(16);
  }

  @Test
  void aFullAccountLetsNobodyIn() {
    // Given
    join(line, CHANGES, 17);
    admitAll(line);
    // When
    Optional<String> next = line.next();
    // Then
    assertThat(next).isEmpty();
    line.leave(CHANGES);
    assertThat(line.next()).contains("CHANGES 16");
  }

  /** A stream of creations that never ends must not blind the operator to drift. */
  @Test
  void noLaneStarves() {
    // Given: one place, and somebody more urgent whenever it is free
    PriorityLine<String> single = new PriorityLine<>(1);
    join(single, CHANGES, 1_000);
    join(single, CREATIONS, 1_000);
    join(single, DRIFT, 1_000);
    // When
    List<String> order = oneAfterTheOther(single, 180);
    // Then: each of the others gets one turn of eighteen, and no more
    assertThat(order).filteredOn(who -> who.startsWith("CHANGES")).hasSize(160);
    assertThat(order).filteredOn(who -> who.startsWith("CREATIONS")).hasSize(10);
    assertThat(order).filteredOn(who -> who.startsWith("DRIFT")).hasSize(10);
    assertThat(order.indexOf("CREATIONS 0")).isEqualTo(PriorityLine.PATIENCE);
  }

  /** A lane whose places are all taken is served: it has not been passed over. */
  @Test
  void whoHasAllItsPlacesIsNotPassedOver() {
    // Given: drift checks have all of theirs
    join(line, DRIFT, 100);
    admitAll(line);
    for (int i = 0; i < 2 * PriorityLine.PATIENCE; i++) {
      line.join(CHANGES, "deletion " + i);
      line.next();
      line.leave(CHANGES);
    }
    line.leave(DRIFT);
    line.join(CHANGES, "deletion");
    // When
    Optional<String> next = line.next();
    // Then
    assertThat(next).contains("deletion");
  }

  @Test
  void whoGivesUpIsNotCalled() {
    // Given
    line.join(CHANGES, "impatient");
    line.join(CHANGES, "patient");
    // When
    line.giveUp(CHANGES, "impatient");
    // Then
    assertThat(admitted(1)).containsExactly("patient");
    assertThat(line.waiting(CHANGES)).isZero();
  }

  private static void join(PriorityLine<String> line, Priority priority, int many) {
    IntStream.range(0, many).forEach(i -> line.join(priority, priority + " " + i));
  }

  private List<String> admitted(int many) {
    return IntStream.range(0, many).mapToObj(_ -> line.next().orElseThrow()).toList();
  }

  private static List<String> admitAll(PriorityLine<String> line) {
    List<String> all = new ArrayList<>();
    for (Optional<String> next = line.next(); next.isPresent(); next = line.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static List<String> oneAfterTheOther(PriorityLine<String> line, int many) {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      String next = line.next().orElseThrow();
      order.add(next);
      line.leave(Priority.valueOf(next.substring(0, next.indexOf(' '))));
    }
    return order;
  }
}
