package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queue of one account as its rules read, without a thought of speed: one list, searched from
 * the front each time.
 */
final class NaiveQueue {
  private enum State {
    IN_LINE,
    RESERVED,
    PERMITTED
  }

  private record NamespaceKey(Priority priority, String namespace) {}

  private static final class Place {
    private final ResourceId resource;
    private Priority priority;
    private State state = State.IN_LINE;
    private Instant expires = Instant.MAX;

    private Place(ResourceId resource, Priority priority) {
      this.resource = resource;
      this.priority = priority;
    }
  }

  private final int places;
  private final List<Place> all = new ArrayList<>();
  private final Map<Priority, Integer> skippedCount = new HashMap<>();

  /** When a namespace had its last turn, or joined. */
  private final Map<NamespaceKey, Integer> turns = new HashMap<>();

  private final List<ResourceId> reservations = new ArrayList<>();
  private int time;

  NaiveQueue(int places) {
    this.places = places;
  }

  /** Whether the resource has its permit now. */
  boolean admit(ResourceId resource, Priority priority, Instant now) {
    expire(now);
    Optional<Place> known = find(resource, State.RESERVED).or(() -> find(resource, State.IN_LINE));
    if (known.isEmpty()) {
      join(new Place(resource, priority));
    } else if (known.get().state == State.IN_LINE
        && priority.ordinal() < known.get().priority.ordinal()) {
      remove(known.get());
      join(new Place(resource, priority));
    }
    serve(now);
    Optional<Place> reserved = find(resource, State.RESERVED);
    reserved.ifPresent(place -> {
      place.state = State.PERMITTED;
      reservations.remove(resource);
    });
    return reserved.isPresent();
  }

  void withdraw(ResourceId resource, Instant now) {
    find(resource, State.RESERVED).or(() -> find(resource, State.IN_LINE)).ifPresent(this::remove);
    serve(now);
  }

  void release(ResourceId resource, Instant now) {
    expire(now);
    remove(find(resource, State.PERMITTED).orElseThrow());
    serve(now);
  }

  List<ResourceId> reservations() {
    List<ResourceId> names = List.copyOf(reservations);
    reservations.clear();
    return names;
  }

  private void join(Place place) {
    all.add(place);
    turns.putIfAbsent(turn(place), time++);
  }

  private void remove(Place place) {
    all.remove(place);
    forgetEmptyNamespace(place);
  }

  private void forgetEmptyNamespace(Place place) {
    if (waiting(place.priority).noneMatchNamespace(place.resource.namespace())) {
      turns.remove(turn(place));
    }
  }

  private void expire(Instant now) {
    List<Place> expired =
        all.stream()
            .filter(place -> place.state == State.RESERVED && !place.expires.isAfter(now))
            .sorted(Comparator.comparing(place -> place.expires))
            .toList();
    for (Place place : expired) {
      all.remove(place);
      serve(now);
    }
  }

  private void serve(Instant now) {
    for (Optional<Priority> next = next(); next.isPresent(); next = next()) {
      Priority priority = next.get();
      for (Priority other : Priority.values()) {
        if (other.ordinal() > priority.ordinal() && isReady(other)) {
          skippedCount.merge(other, 1, Integer::sum);
        }
      }
      skippedCount.put(priority, 0);
      Place place = waiting(priority).first(turns);
      place.state = State.RESERVED;
      place.expires = now.plus(AccountQueue.RESERVATION);
      turns.put(turn(place), time++);
      forgetEmptyNamespace(place);
      reservations.add(place.resource);
    }
  }

  private Optional<Priority> next() {
    for (Priority priority : Priority.values()) {
      if (isReady(priority) && skippedCount.getOrDefault(priority, 0) >= 16) {
        return Optional.of(priority);
      }
    }
    for (Priority priority : Priority.values()) {
      if (isReady(priority)) {
        return Optional.of(priority);
      }
    }
    return Optional.empty();
  }

  private boolean isReady(Priority priority) {
    boolean full =
        taken(Priority.CHANGES) >= places
            || (priority != Priority.CHANGES
                && taken(Priority.CREATIONS) >= (places < 4 ? places : places - 1))
            || (priority == Priority.DRIFT
                && taken(Priority.DRIFT) >= Math.max(1, places - Math.max(1, places / 4)));
    return !full && !waiting(priority).places().isEmpty();
  }

  private long taken(Priority from) {
    return all.stream()
        .filter(place -> place.state != State.IN_LINE)
        .filter(place -> place.priority.ordinal() >= from.ordinal())
        .count();
  }

  private record Row(List<Place> places) {
    boolean noneMatchNamespace(String namespace) {
      return places.stream().noneMatch(place -> place.resource.namespace().equals(namespace));
    }

    Place first(Map<NamespaceKey, Integer> turns) {
      return places.stream()
          .min(Comparator.comparing(place -> turns.get(turn(place))))
          .orElseThrow();
    }
  }

  private Row waiting(Priority priority) {
    return new Row(
        all.stream()
            .filter(place -> place.state == State.IN_LINE && place.priority == priority)
            .toList());
  }

  private Optional<Place> find(ResourceId resource, State state) {
    return all.stream()
        .filter(place -> place.resource.equals(resource) && place.state == state)
        .findFirst();
  }

  private static NamespaceKey turn(Place place) {
    return new NamespaceKey(place.priority, place.resource.namespace());
  }
}
