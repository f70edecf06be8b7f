package io.cloudelements.connectwise.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a build has come and how long it will take, from the times that each step took on a
 * two-core machine, corrected by how this machine did on the steps it has finished. Pure; it is
 * told the time.
 */
final class BuildProgress {

  /** One executable and the time its build took where it was measured. */
  record Step(String name, Duration measured) {}

  /** Two cores, nothing in Go's build cache. */
  static final List<Step> MEASURED =
      List.of(
          new Step(ControlPlaneBinaries.ETCD, Duration.ofSeconds(30)),
          new Step(ControlPlaneBinaries.API_SERVER, Duration.ofSeconds(210)),
          new Step(ControlPlaneBinaries.CONTROLLER_MANAGER, Duration.ofSeconds(103)),
          new Step(ControlPlaneBinaries.KUBECTL, Duration.ofSeconds(30)));

  private final List<Step> steps;
  private final List<Duration> took = new ArrayList<>();

  BuildProgress(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The step under way has ended after that time; the next one begins. */
  void finished(Duration time) {
    took.add(time);
  }

  /** One line for a person: step n of all, time since the start, estimate of the rest. */
  String line(Duration inThisStep) {
    return "  [%d of %d] %-24s %s elapsed, about %s left"
        .formatted(
            took.size() + 1,
            steps.size(),
            steps.get(took.size()).name(),
            minutes(sum(took).plus(inThisStep)),
            minutes(remaining(inThisStep)));
  }

  /** Never less than nothing: a step that takes longer than expected counts as nearly done. */
  Duration remaining(Duration inThisStep) {
    Duration measured = steps.get(took.size()).measured();
    double pace = pace(measured, inThisStep);
    Duration current = scaled(measured, pace).minus(inThisStep);
    Duration later =
        scaled(
            sum(steps.subList(took.size() + 1, steps.size()).stream().map(Step::measured).toList()),
            pace);
    return (current.isNegative() ? Duration.ZERO : current).plus(later);
  }

  /** How much slower than measured: by the finished steps, or by this one once it is overdue. */
  private double pace(Duration measured, Duration inThisStep) {
    Duration expected = sum(steps.subList(0, took.size()).stream().map(Step::measured).toList());
    double finished = expected.isZero() ? 1 : ratio(sum(took), expected);
    return Math.max(finished, ratio(sum(took).plus(inThisStep), expected.plus(measured)));
  }

  private static double ratio(Duration actual, Duration expected) {
    return (double) actual.toMillis() / expected.toMillis();
  }

  private static Duration scaled(Duration time, double factor) {
    return Duration.ofMillis(Math.round(time.toMillis() * factor));
  }

  private static Duration sum(List<Duration> times) {
    return times.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static String minutes(Duration time) {
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
