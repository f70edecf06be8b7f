package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.drift.Difference;
import io.cloudelements.connectwise.drift.DriftSampler;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the listings do and find; no label names a resource or an account. */
public final class DriftMetrics {
  private enum ListingOutcome {
    LISTED("listed"),
    DOUBTED("doubted"),
    FAILED("failed");

    private final String label;

    ListingOutcome(String label) {
      this.label = label;
    }
  }

  private final Map<ListingOutcome, Counter> listings = new EnumMap<>(ListingOutcome.class);
  private final AtomicInteger blind = new AtomicInteger();
  private final Map<Difference, Counter> found = new EnumMap<>(Difference.class);

  public DriftMetrics(MeterRegistry registry, OrphanReport orphans) {
    for (ListingOutcome outcome : ListingOutcome.values()) {
      listings.put(
          outcome,
          Counter.builder("connectwise.drift.rounds")
              .description("Listings by outcome: listed, doubted (too many differences), failed")
              .tag("outcome", outcome.label)
              .register(registry));
    }
    for (Difference difference : Difference.values()) {
      found.put(
          difference,
          Counter.builder("connectwise.drift.listed")
              .description("Differences that listings showed, to be confirmed by a full check")
              .tag("field", difference.label())
              .register(registry));
    }
    Gauge.builder("connectwise.drift.blind.accounts", blind, AtomicInteger::get)
        .description("Accounts whose last listing failed: their drift and orphans are not found")
        .register(registry);
    Gauge.builder("connectwise.orphans", orphans, OrphanReport::orphans)
        .description("Instances with this cluster's part of the ownership tag and no resource")
        .register(registry);
  }

  void listingFailed() {
    count(ListingOutcome.FAILED);
  }

  void blind(int accounts) {
    blind.set(accounts);
  }

  void listed(DriftSampler.DriftSample plan) {
    count(plan.doubted() ? ListingOutcome.DOUBTED : ListingOutcome.LISTED);
    plan.fullChecks()
        .values()
        .forEach(claim ->
            claim.why().forEach(what -> found.computeIfPresent(what, DriftMetrics::increment)));
  }

  private void count(ListingOutcome outcome) {
    listings.computeIfPresent(outcome, DriftMetrics::increment);
  }

  private static <K> Counter increment(K key, Counter counter) {
    counter.increment();
    return counter;
  }
}
