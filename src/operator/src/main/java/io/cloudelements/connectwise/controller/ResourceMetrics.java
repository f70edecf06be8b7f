package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.State;
import io.cloudelements.connectwise.status.StatusReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The states of the resources, counted at each scrape. No label names a resource, and only pairs of
 * state and reason that occur are shown: a resource has one of each.
 */
public final class ResourceMetrics {
  /** Of a resource that no reconcile has ended for, or whose reason this version does not know. */
  private static final String NONE = "none";

  private record Standing(String state, String reason) {}

  private final PrimaryCache primaries;
  private final MultiGauge resources;

  public ResourceMetrics(PrimaryCache primaries, MeterRegistry registry) {
    this.primaries = primaries;
    this.resources =
        MultiGauge.builder("connectwise.resources")
            .description("Resources by status.state and the reason of their last reconcile")
            .register(registry);
    Gauge.builder("connectwise.duplicates", this::duplicates)
        .description("Further instances that carry a resource's ownership tag; never used")
        .register(registry);
  }

  /** Counts anew; to be called before each scrape. */
  public void refresh() {
    Map<Standing, Long> standings =
        primaries
            .all()
            .map(ResourceMetrics::standing)
            .collect(Collectors.groupingBy(standing -> standing, Collectors.counting()));
    resources.register(
        standings.entrySet().stream()
            .<MultiGauge.Row<?>>map(entry ->
                MultiGauge.Row.of(
                    Tags.of("state", entry.getKey().state(), "reason", entry.getKey().reason()),
                    entry.getValue()))
            .toList(),
        true);
  }

  private static Standing standing(ConnectWiseInstance resource) {
    return new Standing(
        StatusReader.state(resource).map(State::key).orElse(NONE),
        StatusReader.status(resource)
            .flatMap(StatusReader::reason)
            .map(Reason::label)
            .orElse(NONE));
  }

  private long duplicates() {
    return primaries.all().mapToLong(resource -> StatusReader.duplicates(resource).size()).sum();
  }
}
