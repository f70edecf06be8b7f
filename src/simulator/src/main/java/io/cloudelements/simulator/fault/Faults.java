package io.cloudelements.simulator.fault;

import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The rules in force: {@code faults.on(POST_INSTANCES).nth(2).inject(new AppliedResponseLost())}.
 *
 * <p>Any thread may call it. The same seed and the same calls give the same faults.
 */
public final class Faults {
  private final List<FaultRule> rules = new ArrayList<>();
  private final SplittableRandom random;

  public Faults(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Starts a rule about calls of these routes; none given means every call. */
  public RuleDraft on(Route... routes) {
    return new RuleDraft(Set.copyOf(Arrays.asList(routes)), request -> true, new Trigger.Always());
  }

  public synchronized FaultRule add(FaultRule rule) {
    rules.add(rule);
    return rule;
  }

  public synchronized void remove(FaultRule rule) {
    rules.remove(rule);
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    rules.clear();
  }

  public synchronized List<FaultRule> rules() {
    return List.copyOf(rules);
  }

  /** Counts the call in every rule and says what is in store for it. */
  public synchronized FaultPlan plan(Optional<Route> route, ApiRequest request) {
    if (rules.isEmpty()) {
      return FaultPlan.NONE;
    }
    View view = View.TRUE;
    Duration delay = Duration.ZERO;
    boolean revokes = false;
    Optional<Fault.OutcomeFault> outcome = Optional.empty();
    List<Fault> struck = new ArrayList<>();
    for (FaultRule rule : rules) {
      if (rule.strikes(route, request, random)) {
        struck.add(rule.fault());
        switch (rule.fault()) {
          case Fault.Distortion distortion -> view = distortion.distort(view);
          case Fault.Latency latency -> delay = delay.plus(draw(latency));
          case Fault.RevokesUser revocation -> revokes = true;
          case Fault.OutcomeFault first ->
              outcome = outcome.isPresent() ? outcome : Optional.of(first);
        }
      }
    }
    return new FaultPlan(view, delay, revokes, outcome, List.copyOf(struck));
  }

  private Duration draw(Fault.Latency latency) {
    long range = latency.max().minus(latency.min()).toNanos();
    return latency.min().plusNanos(random.nextLong(range + 1));
  }

  /** A rule in the making; without a word on when, it strikes at every call. */
  public final class RuleDraft {
    private final Set<Route> routes;
    private final Predicate<ApiRequest> matching;
    private final Trigger trigger;

    private RuleDraft(Set<Route> routes, Predicate<ApiRequest> matching, Trigger trigger) {
      this.routes = routes;
      this.matching = matching;
      this.trigger = trigger;
    }

    /** Only calls that the predicate holds for are looked at and counted. */
    public RuleDraft matching(Predicate<ApiRequest> predicate) {
      return new RuleDraft(routes, matching.and(predicate), trigger);
    }

    public RuleDraft nth(long call) {
      return when(new Trigger.Nth(call));
    }

    public RuleDraft first(long calls) {
      return when(new Trigger.First(calls));
    }

    public RuleDraft from(long call) {
      return when(new Trigger.From(call));
    }

    public RuleDraft withProbability(double probability) {
      return when(new Trigger.Chance(probability));
    }

    public RuleDraft when(Trigger other) {
      return new RuleDraft(routes, matching, other);
    }

    /** Puts the rule into force. */
    public FaultRule inject(Fault fault) {
      return add(new FaultRule(routes, matching, trigger, fault));
    }
  }
}
