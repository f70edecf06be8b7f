package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Ends the backoff of the resources that an outage has failed, as soon as their account's calls are
 * answered again. Each answered call brings an event to one of them, so that they come no faster
 * than the service answers; none is brought to a resource that failed for a reason of its own.
 */
public final class RecoveryEvents {
  private final SynchronizedMemory memory;
  private final Map<String, Queue<ResourceId>> waiting = new ConcurrentHashMap<>();
  private final Consumer<ResourceId> wake;

  /**
   * @param wake brings an event
   */
  public RecoveryEvents(SynchronizedMemory memory, Consumer<ResourceId> wake) {
    this.memory = memory;
    this.wake = wake;
  }

  /**
   * A call of the account was answered.
   *
   * @param recovered whether that ends an outage
   */
  public void answered(String account, boolean recovered) {
    if (recovered) {
      waiting.put(account, new ConcurrentLinkedQueue<>(memory.awaitingService(account)));
    }
    Optional.ofNullable(waiting.get(account))
        .flatMap(queue -> next(account, queue))
        .ifPresent(wake);
  }

  /** The next that still waits: its own time may have come in between. */
  private Optional<ResourceId> next(String account, Queue<ResourceId> queue) {
    for (ResourceId id = queue.poll(); id != null; id = queue.poll()) {
      if (memory.endBackoff(id)) {
        return Optional.of(id);
      }
    }
    waiting.remove(account, queue);
    return Optional.empty();
  }

  /** Accounts with resources that are still to be woken. */
  int size() {
    return waiting.size();
  }
}
