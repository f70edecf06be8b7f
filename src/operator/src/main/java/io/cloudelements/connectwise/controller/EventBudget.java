package io.cloudelements.connectwise.controller;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the events about one resource, as client-go does by default: a user who changes it fifty
 * times a second would otherwise fill the store of the API server, and no quota counts events. What
 * an event would say is in the status too.
 */
final class EventBudget {
  /** Events of a resource before it has to wait for each further one. */
  static final int BURST = 25;

  static final Duration REFILL = Duration.ofMinutes(5);

  /** Beyond it the one that had no event for the longest time begins anew. */
  private static final int MOST_RESOURCES = 20_000;

  private record Budget(int left, long since) {}

  private final Map<String, Budget> budgets = new LinkedHashMap<>(16, 0.75f, true);
  private final LongSupplier nanoTime;

  EventBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether one more event about this resource may be published now. */
  synchronized boolean spend(String uid) {
    long now = nanoTime.getAsLong();
    Budget filled = refilled(budgets.getOrDefault(uid, new Budget(BURST, now)), now);
    boolean any = filled.left() > 0;
    budgets.put(uid, any ? new Budget(filled.left() - 1, filled.since()) : filled);
    if (budgets.size() > MOST_RESOURCES) {
      budgets.remove(budgets.keySet().iterator().next());
    }
    return any;
  }

  private static Budget refilled(Budget before, long now) {
    long refills = (now - before.since()) / REFILL.toNanos();
    return before.left() + refills >= BURST
        ? new Budget(BURST, now)
        : new Budget((int) (before.left() + refills), before.since() + refills * REFILL.toNanos());
  }
}
