package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Reconciles that end when they are queued and begin again when a permit is reserved. */
final class QueuedReconciles {
  private final RateLimitedInstancesApi api;
  private final ExecutorService threads;
  private final AtomicInteger resources = new AtomicInteger();
  private final Map<ResourceId, Runnable> reconciles = new ConcurrentHashMap<>();

  QueuedReconciles(RateLimitedInstancesApi api, ExecutorService threads) {
    this.api = api;
    this.threads = threads;
    api.onReserved(resource -> threads.execute(Objects.requireNonNull(reconciles.get(resource))));
  }

  /**
   * @return done when the calls are made
   */
  Future<?> begin(AccountAccess account, Priority priority, Runnable calls) {
    ResourceId resource = new ResourceId("default", "r-" + resources.incrementAndGet());
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Runnable reconcile =
        () -> {
          try {
            api.withPermit(account.account().key(), resource, priority, () -> made(calls))
                .ifPresent(done::complete);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        };
    reconciles.put(resource, reconcile);
    threads.execute(reconcile);
    return done;
  }

  private static boolean made(Runnable calls) {
    calls.run();
    return true;
  }
}
