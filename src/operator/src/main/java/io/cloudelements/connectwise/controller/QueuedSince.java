package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Since when resources are queued: what others have read since then need not be read again. A
 * resource that changed while it was queued has a new trigger time.
 */
final class QueuedSince {
  private record Queued(String version, long since) {}

  private final Map<ResourceId, Queued> queued = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  QueuedSince(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The trigger time of a reconcile that begins. */
  long of(ConnectWiseInstance cached) {
    String version = cached.getMetadata().getResourceVersion();
    Queued now = new Queued(version, nanoTime.getAsLong());
    Queued known = queued.getOrDefault(SpecDefaults.id(cached), now);
    return known.version().equals(version) ? known.since() : now.since();
  }

  void queued(ConnectWiseInstance cached, long since) {
    queued.put(
        SpecDefaults.id(cached), new Queued(cached.getMetadata().getResourceVersion(), since));
  }

  void ended(ResourceId resource) {
    queued.remove(resource);
  }
}
