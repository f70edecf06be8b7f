package io.cloudelements.simulator.fault;

import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Route;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Which calls suffer a fault, and which of those; knows how often it came to that. */
public final class FaultRule {
  private final Set<Route> routes;
  private final Predicate<ApiRequest> matching;
  private final Trigger trigger;
  private final Fault fault;
  private final AtomicLong matched = new AtomicLong();
  private final AtomicLong fired = new AtomicLong();

  /**
   * A rule that counts from now.
   *
   * @param routes empty for every call, also one that is no route
   */
  public FaultRule(
      Set<Route> routes, Predicate<ApiRequest> matching, Trigger trigger, Fault fault) {
    this.routes = Set.copyOf(routes);
    this.matching = matching;
    this.trigger = trigger;
    this.fault = fault;
  }

  public Set<Route> routes() {
    return routes;
  }

  public Trigger trigger() {
    return trigger;
  }

  public Fault fault() {
    return fault;
  }

  /** How many calls it was about. */
  public long matched() {
    return matched.get();
  }

  /** How many calls it hit: a test that expects a fault can see that there was one. */
  public long fired() {
    return fired.get();
  }

  /** Called under the lock of {@link Faults}. */
  boolean strikes(Optional<Route> route, ApiRequest request, SplittableRandom random) {
    boolean inRoutes = routes.isEmpty() || route.map(routes::contains).orElse(false);
    if (!inRoutes || !matching.test(request)) {
      return false;
    }
    boolean strikes = trigger.firesAt(matched.incrementAndGet(), random);
    if (strikes) {
      fired.incrementAndGet();
    }
    return strikes;
  }

  @Override
  public String toString() {
    return "%s on %s, %s (%d of %d)"
        .formatted(fault, routes.isEmpty() ? "every call" : routes, trigger, fired(), matched());
  }
}
