package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Loss;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the simplest schedule near a failing one that the same oracle objects to. */
final class Shrinker {
  private final Variant variant;
  private final Oracle oracle;

  private Shrinker(Variant variant, Oracle oracle) {
    this.variant = variant;
    this.oracle = oracle;
  }

  static Schedule shrink(Schedule failing, Variant variant, Oracle oracle) {
    Shrinker shrinker = new Shrinker(variant, oracle);
    Schedule best = failing;
    Optional<Schedule> simpler = shrinker.simpler(best);
    while (simpler.isPresent()) {
      best = simpler.get();
      simpler = shrinker.simpler(best);
    }
    return best;
  }

  private Optional<Schedule> simpler(Schedule schedule) {
    return candidates(schedule).filter(this::fails).findFirst();
  }

  private boolean fails(Schedule schedule) {
    return new Run(schedule, variant, Trace.NONE)
        .execute()
        .violation()
        .filter(violation -> violation.oracle() == oracle)
        .isPresent();
  }

  /** Every way to make it simpler by one step, the biggest steps first. */
  private static Stream<Schedule> candidates(Schedule schedule) {
    List<Disturbance> all = schedule.disturbances();
    Stream<Schedule> fewer =
        IntStream.range(0, all.size()).mapToObj(i -> schedule.with(without(all, i)));
    Stream<Schedule> documented =
        schedule.profile() == Profile.DOCUMENTED
            ? Stream.of()
            : Stream.of(schedule.under(Profile.DOCUMENTED));
    Stream<Schedule> plainer =
        schedule.scenario() == Scenario.CREATE_HELPDESK
            ? Stream.of()
            : Stream.of(new Schedule(Scenario.CREATE_HELPDESK, schedule.profile(), all));
    Stream<Schedule> milder =
        IntStream.range(0, all.size())
            .boxed()
            .flatMap(i -> milder(all.get(i)).map(m -> schedule.with(replaced(all, i, m))));
    return Stream.of(fewer, documented, plainer, milder).flatMap(s -> s);
  }

  private static Stream<Disturbance> milder(Disturbance disturbance) {
    Stream<Disturbance> weaker =
        switch (disturbance) {
          case Disturbance.Crash(int call, var moment, var loss) ->
              loss == Loss.NOTHING_ELSE
                  ? Stream.of()
                  : Stream.of(new Disturbance.Crash(call, moment, Loss.NOTHING_ELSE));
          case Disturbance.SecondReplica(int call, var moment, Lag lag, var stay) ->
              Stream.of(
                      new Disturbance.SecondReplica(call, moment, Lag.NONE, stay),
                      new Disturbance.SecondReplica(call, moment, lag, Stay.ONE_PASS))
                  .filter(other -> !other.equals(disturbance))
                  .map(other -> (Disturbance) other);
          case Disturbance.StaleView(int reconcile, Lag lag) ->
              Stream.of(new Lag(1, 0), new Lag(0, 1), Lag.of(1))
                  .filter(
                      other -> other.resource() + other.secrets() < lag.resource() + lag.secrets())
                  .map(other -> new Disturbance.StaleView(reconcile, other));
          case Disturbance.QueueFull(int reconcile, var how) ->
              how == Comeback.WOKEN
                  ? Stream.of()
                  : Stream.of(new Disturbance.QueueFull(reconcile, Comeback.WOKEN));
          case Disturbance.Outage(int call, var outcome) ->
              Stream.of(new Disturbance.Answer(call, outcome));
          case Disturbance.ApiServerFails _,
              Disturbance.WritesRefused _,
              Disturbance.Answer _,
              Disturbance.Outside _,
              Disturbance.Pause _ ->
              Stream.of();
        };
    Stream<Disturbance> earlier =
        IntStream.range(1, disturbance.position()).mapToObj(disturbance::at);
    return Stream.concat(weaker, earlier);
  }

  private static List<Disturbance> without(List<Disturbance> all, int index) {
    List<Disturbance> fewer = new ArrayList<>(all);
    fewer.remove(index);
    return fewer;
  }

  private static List<Disturbance> replaced(List<Disturbance> all, int index, Disturbance by) {
    List<Disturbance> changed = new ArrayList<>(all);
    changed.set(index, by);
    return changed;
  }
}
