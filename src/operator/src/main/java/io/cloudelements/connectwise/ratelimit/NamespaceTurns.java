package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.ResourceId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
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

  /** Its number as things stand, 1 is next; empty when it does not wait. */
  Optional<Integer> position(ResourceId resource) {
    return Optional.ofNullable(namespaces.get(resource.namespace()))
        .filter(waiting -> waiting.contains(resource))
        .map(waiting -> 1 + before(resource, waiting));
  }

  /** In each round, a namespace that comes first has had its turn once more. */
  private int before(ResourceId resource, SequencedSet<ResourceId> own) {
    int rounds = (int) own.stream().takeWhile(other -> !other.equals(resource)).count();
    int before = 0;
    int turns = rounds + 1;
    for (SequencedSet<ResourceId> waiting : namespaces.values()) {
      if (waiting == own) {
        turns = rounds;
      }
      before += Math.min(waiting.size(), turns);
    }
    return before;
  }

  int size() {
    return size;
  }
}
