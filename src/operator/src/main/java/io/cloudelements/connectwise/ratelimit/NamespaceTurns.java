package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Resources of one priority that wait. The namespaces take turns, so that a tenant with a thousand
 * resources does not delay another tenant's single one; within a namespace the first to come is
 * served first.
 */
final class NamespaceTurns {
  /** The namespace whose turn is next comes first. */
  private final Map<String, SequencedSet<ResourceId>> namespaces = new LinkedHashMap<>();

  private int size;

  /** Adds a resource that does not wait yet. */
  void join(ResourceId resource) {
    if (namespaces
        .computeIfAbsent(resource.namespace(), _ -> new LinkedHashSet<>())
        .add(resource)) {
      size++;
    }
  }

  void remove(ResourceId resource) {
    namespaces.computeIfPresent(
        resource.namespace(),
        (_, waiting) -> {
          size -= waiting.remove(resource) ? 1 : 0;
          return waiting.isEmpty() ? null : waiting;
        });
  }

  /** Removes the next resource; there must be one. */
  ResourceId next() {
    Map.Entry<String, SequencedSet<ResourceId>> turn = namespaces.entrySet().iterator().next();
    String namespace = turn.getKey();
    SequencedSet<ResourceId> waiting = turn.getValue();
    ResourceId next = waiting.removeFirst();
    size--;
    namespaces.remove(namespace);
    if (!waiting.isEmpty()) {
      namespaces.put(namespace, waiting);
    }
    return next;
  }

  /** Those that are next, as things stand, in their order. */
  List<ResourceId> first(int most) {
    Deque<Iterator<ResourceId>> turns = new ArrayDeque<>();
    namespaces.values().forEach(waiting -> turns.add(waiting.iterator()));
    List<ResourceId> first = new ArrayList<>();
    while (!turns.isEmpty() && first.size() < most) {
      Iterator<ResourceId> turn = turns.removeFirst();
      first.add(turn.next());
      if (turn.hasNext()) {
        turns.addLast(turn);
      }
    }
    return first;
  }

  int size() {
    return size;
  }
}
