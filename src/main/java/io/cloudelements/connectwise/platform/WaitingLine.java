package io.cloudelements.connectwise.platform;

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
final class WaitingLine<T> {
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

  private final Map<Lane, Row<T>> rows = new EnumMap<>(Lane.class);

  /**
   * @param places how many may be inside at a time
   */
  WaitingLine(int places) {
    for (Lane lane : Lane.values()) {
      rows.put(lane, new Row<>(limit(lane, places)));
    }
  }

  /** How many of this lane and the less urgent ones may be inside, together. */
  private static int limit(Lane lane, int places) {
    return switch (lane) {
      case CHANGES -> places;
      // One of a few would be too much to keep: creations are what there is most of.
      case CREATIONS -> places < 4 ? places : places - 1;
      case DRIFT -> Math.max(1, places - Math.max(1, places / 4));
    };
  }

  void join(Lane lane, T who) {
    row(lane).waiting.add(who);
  }

  /** Stops waiting. */
  void giveUp(Lane lane, T who) {
    row(lane).waiting.remove(who);
  }

  /** Whether a caller waits that may be admitted. */
  boolean hasNext() {
    return !ready().isEmpty();
  }

  private List<Lane> ready() {
    List<Lane> ready = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      if (waiting(lane) > 0 && hasPlace(lane)) {
        ready.add(lane);
      }
    }
    return ready;
  }

  /** Admits the next caller; empty when none waits that may be admitted. */
  Optional<T> next() {
    List<Lane> ready = ready();
    return ready.stream()
        .filter(lane -> row(lane).passedOver >= PATIENCE)
        .findFirst()
        .or(() -> ready.stream().findFirst())
        .map(lane -> admit(lane, ready));
  }

  private T admit(Lane lane, List<Lane> ready) {
    ready.stream().filter(other -> other.compareTo(lane) > 0).forEach(o -> row(o).passedOver++);
    Row<T> row = row(lane);
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

  void leave(Lane lane) {
    row(lane).inside--;
  }

  int waiting(Lane lane) {
    return row(lane).waiting.size();
  }

  int inside() {
    return inside(Lane.CHANGES);
  }

  /** A place that is kept from a lane is kept from the less urgent ones too. */
  private boolean hasPlace(Lane lane) {
    for (Lane mine : Lane.values()) {
      if (mine.compareTo(lane) <= 0 && inside(mine) >= row(mine).limit) {
        return false;
      }
    }
    return true;
  }

  /** Those of this lane and the less urgent ones that are inside. */
  private int inside(Lane least) {
    int inside = 0;
    for (Lane lane : Lane.values()) {
      inside += lane.compareTo(least) >= 0 ? row(lane).inside : 0;
    }
    return inside;
  }

  private Row<T> row(Lane lane) {
    return Objects.requireNonNull(rows.get(lane));
  }
}
