package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides who is next at an account. The more urgent priority goes first. Some places are kept from
 * the less urgent priorities, because a call cannot be taken back: a deletion need not wait until a
 * drift check has ended. A priority that was passed over {@value #PATIENCE} times goes next, so
 * that none starves. Within a priority the namespaces take turns.
 *
 * <p>Not safe for threads; knows no time.
 */
final class PriorityLine {
  /** How often a waiting priority is passed over before it is next. */
  static final int PATIENCE = 16;

  private static final class Row {
    private final NamespaceTurns waiting = new NamespaceTurns();
    private int limit;
    private int inside;
    private int passedOver;
  }

  private final Map<Priority, Row> rows = new EnumMap<>(Priority.class);

  /**
   * @param places permits of the account
   */
  PriorityLine(int places) {
    for (Priority priority : Priority.values()) {
      rows.put(priority, new Row());
    }
    resize(places);
  }

  /** Sets the number of permits; those already given stay. */
  void resize(int places) {
    rows.forEach((priority, row) -> row.limit = limit(priority, places));
  }

  /** How many permits this priority and the less urgent ones may have together. */
  private static int limit(Priority priority, int places) {
    return switch (priority) {
      case CHANGES -> places;
      // With fewer than four, one kept place would cost creations too much throughput.
      case CREATIONS -> places < 4 ? places : places - 1;
      case DRIFT -> Math.max(1, places - Math.max(1, places / 4));
    };
  }

  void join(Priority priority, ResourceId resource) {
    row(priority).waiting.join(resource);
  }

  void remove(Priority priority, ResourceId resource) {
    row(priority).waiting.remove(resource);
  }

  /** Whether a resource waits for which a place is free. */
  boolean hasNext() {
    return Stream.of(Priority.values()).anyMatch(this::isReady);
  }

  private boolean isReady(Priority priority) {
    return waiting(priority) > 0 && hasPlace(priority);
  }

  /** Takes a place for the next resource; empty when none waits for which a place is free. */
  Optional<ResourceId> next() {
    List<Priority> ready = Stream.of(Priority.values()).filter(this::isReady).toList();
    return ready.stream()
        .filter(priority -> row(priority).passedOver >= PATIENCE)
        .findFirst()
        .or(() -> ready.stream().findFirst())
        .map(priority -> take(priority, ready));
  }

  private ResourceId take(Priority priority, List<Priority> ready) {
    ready.stream()
        .filter(other -> other.compareTo(priority) > 0)
        .forEach(lessUrgent -> row(lessUrgent).passedOver++);
    Row row = row(priority);
    row.passedOver = 0;
    row.inside++;
    return row.waiting.next();
  }

  /** Its number among those of the priority, 1 is next; empty when it does not wait there. */
  Optional<Integer> position(Priority priority, ResourceId resource) {
    return row(priority).waiting.position(resource);
  }

  void leave(Priority priority) {
    row(priority).inside--;
  }

  int waiting(Priority priority) {
    return row(priority).waiting.size();
  }

  /** Places that are taken. */
  int inside() {
    return inside(Priority.CHANGES);
  }

  /** A place that is kept from a priority is kept from the less urgent ones too. */
  private boolean hasPlace(Priority priority) {
    return Stream.of(Priority.values())
        .filter(same -> same.compareTo(priority) <= 0)
        .allMatch(same -> inside(same) < row(same).limit);
  }

  /** Places of this priority and the less urgent ones. */
  private int inside(Priority from) {
    return Stream.of(Priority.values())
        .filter(same -> same.compareTo(from) >= 0)
        .mapToInt(same -> row(same).inside)
        .sum();
  }

  private Row row(Priority priority) {
    return Objects.requireNonNull(rows.get(priority));
  }
}
