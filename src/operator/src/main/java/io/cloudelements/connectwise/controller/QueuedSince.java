package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The occasions of queued resources: what others have read since then need not be read again. A
 * resource that has changed in the queue has a new occasion.
 */
final class QueuedSince {
  private record Occasion(String version, long since) {}

  private final Map<ResourceId, Occasion> occasions = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  QueuedSince(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The occasion of a reconcile that begins. */
  long of(ConnectWiseInstance cached) {
    String version = cached.getMetadata().getResourceVersion();
    Occasion now = new Occasion(version, nanoTime.getAsLong());
    Occasion known = occasions.getOrDefault(SpecDefaults.id(cached), now);
    return known.version().equals(version) ? known.since() : now.since();
  }

  void queued(ConnectWiseInstance cached, long since) {
    occasions.put(
        SpecDefaults.id(cached), new Occasion(cached.getMetadata().getResourceVersion(), since));
  }

  void ended(ResourceId resource) {
    occasions.remove(resource);
  }
}
