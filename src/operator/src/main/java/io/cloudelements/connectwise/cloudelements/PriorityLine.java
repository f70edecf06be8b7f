package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is next at an account. A more urgent lane goes first, within a lane who came first; and some
 * places are kept from the less urgent lanes, so that a deletion need not wait until one of sixteen
 * slow drift checks is done. A lane that was passed over often enough is next for once: it never
 * starves, and costs the others one turn in {@value #PATIENCE} at most.
 *
 * <p>Not safe for threads; knows neither time nor waiting.
 *
 * @param <T> who waits
 */
final class PriorityLine<T> {
  /** How often a waiting lane is passed over before it is next. */
  static final int PATIENCE = 16;

  private static final class Row<T> {
    private final LinkedHashSet<T> waiting = new LinkedHashSet<>();
    private final int limit;
    private int inside;
    private int passedOver;

    private Row(int limit) {
      this.limit = limit;
    }
  }

  private final Map<Priority, Row<T>> rows = new EnumMap<>(Priority.class);

  /**
   * @param places how many may be inside at a time
   */
  PriorityLine(int places) {
    for (Priority priority : Priority.values()) {
      rows.put(priority, new Row<>(limit(priority, places)));
    }
  }

  /** How many of this lane and the less urgent ones may be inside, together. */
  private static int limit(Priority priority, int places) {
    return switch (priority) {
      case CHANGES -> places;
      // One of a few would be too much to keep: creations are what there is most of.
      case CREATIONS -> places < 4 ? places : places - 1;
      case DRIFT -> Math.max(1, places - Math.max(1, places / 4));
    };
  }

  void join(Priority priority, T who) {
    row(priority).waiting.add(who);
  }

  /** Stops waiting. */
  void giveUp(Priority priority, T who) {
    row(priority).waiting.remove(who);
  }

  /** Whether a caller waits that may be admitted. */
  boolean hasNext() {
    return !ready().isEmpty();
  }

  private List<Priority> ready() {
    List<Priority> ready = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      if (waiting(priority) > 0 && hasPlace(priority)) {
        ready.add(priority);
      }
    }
    return ready;
  }

  /** Admits the next caller; empty when none waits that may be admitted. */
  Optional<T> next() {
    List<Priority> ready = ready();
    return ready.stream()
        .filter(priority -> row(priority).passedOver >= PATIENCE)
        .findFirst()
        .or(() -> ready.stream().findFirst())
        .map(priority -> admit(priority, ready));
  }

  private T admit(Priority priority, List<Priority> ready) {
    ready.stream().filter(other -> other.compareTo(priority) > 0).forEach(o -> row(o).passedOver++);
    Row<T> row = row(priority);
    row.passedOver = 0;
    row.inside++;
    return row.waiting.removeFirst();
  }

  /** Everybody who waits, and waits no more. */
  List<T> sendAway() {
    List<T> all = rows.values().stream().flatMap(row -> row.waiting.stream()).toList();
    rows.values().forEach(row -> row.waiting.clear());
    return all;
  }

  void leave(Priority priority) {
    row(priority).inside--;
  }

  int waiting(Priority priority) {
    return row(priority).waiting.size();
  }

  int inside() {
    return inside(Priority.CHANGES);
  }

  /** A place that is kept from a lane is kept from the less urgent ones too. */
  private boolean hasPlace(Priority priority) {
    for (Priority mine : Priority.values()) {
      if (mine.compareTo(priority) <= 0 && inside(mine) >= row(mine).limit) {
        return false;
      }
    }
    return true;
  }

  /** Those of this lane and the less urgent ones that are inside. */
  private int inside(Priority least) {
    int inside = 0;
    for (Priority priority : Priority.values()) {
      inside += priority.compareTo(least) >= 0 ? row(priority).inside : 0;
    }
    return inside;
  }

  private Row<T> row(Priority priority) {
    return Objects.requireNonNull(rows.get(priority));
  }
}
