package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.ReconcileDefect;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of one schedule, with every oracle watching. To be executed once. */
final class Run implements Ports, Disturber.Stage {
  private static final Duration RESTART = Duration.ofSeconds(5);
  private static final Duration CLUSTER_CALL = Duration.ofMillis(10);
  private static final Duration LONG_STAY = Duration.ofMinutes(8);
  private static final int CALM = 2;

  private final Schedule schedule;
  private final Variant variant;
  private final Trace trace;
  private final Judge judge;
  private final Disturber disturber;
  private final World world;
  private final Deque<ScheduledAction> actions;
  private final Deque<ScheduledOperator> running = new ArrayDeque<>();
  private final List<PortCall> calls = new ArrayList<>();
  private final List<Integer> reconciles = new ArrayList<>();

  private ScheduledOperator operator;
  private boolean disturbed;
  private int changes;
  private int attempts;
  private int disturbedReconciles;

  Run(Schedule schedule, Variant variant, Trace trace) {
    this.schedule = schedule;
    this.variant = variant;
    this.trace = trace;
    this.judge = new Judge(schedule.scenario());
    this.disturber = new Disturber(schedule.disturbances(), judge, this);
    this.actions = new ArrayDeque<>(schedule.scenario().actions());
    this.world = new World(schedule.profile(), this::judge);
    this.operator = start("operator");
  }

  RunResult execute() {
    Optional<OracleViolation> violation = Optional.empty();
    try {
      schedule.scenario().setup().forEach(this::perform);
      rest();
      disturbed = true;
      while (!actions.isEmpty()) {
        nextAction();
        rest();
      }
      disturbed = false;
      rest();
      judge.converged(world, writesWhileConverged());
    } catch (OracleViolation e) {
      say("oracle", () -> e.oracle().label(), e::getMessage);
      violation = Optional.of(e);
    }
    return new RunResult(schedule, violation, calls, attempts, reconciles, disturber.fired());
  }

  /** Reconciles, as timers and events bring them, until they look and nothing changes any more. */
  private void rest() {
    int calm = 0;
    while (calm < CALM || busy()) {
      Optional<Instant> next = nextReconcile();
      if (next.isEmpty()) {
        return;
      }
      world.advanceUntil(next.get());
      int before = changes;
      reconcile();
      if (changes != before) {
        calm = 0;
      } else if (!operator.foundNothingToDo() && !operator.queue().wasPaused()) {
        calm++;
      }
    }
  }

  /** Lets effects happen too that no reconcile waits for. */
  private Optional<Instant> nextReconcile() {
    Optional<Instant> due = operator.due();
    if (due.isEmpty()) {
      world.service().simulator().nextDue().ifPresent(world::advanceUntil);
      due = operator.due();
    }
    if (due.filter(next -> !next.isAfter(world.time().now())).isEmpty()) {
      judge(new Step.NotReconciled(operator.missedWhenIdle()));
    }
    return due;
  }

  private boolean busy() {
    return world.service().simulator().nextDue().isPresent()
        || operator.accountIsUnsettled()
        || world
            .cluster()
            .status()
            .flatMap(status -> Statuses.condition(status, "Reconciling"))
            .isPresent();
  }

  /**
   * @return how many writes and effects there were nevertheless
   */
  private int writesWhileConverged() {
    int before = changes;
    for (int period = 0; period < Bounds.RESYNC_PERIODS; period++) {
      Optional<Instant> next = nextReconcile();
      if (next.isEmpty()) {
        break;
      }
      world.advanceUntil(next.get());
      reconcile();
    }
    return changes - before;
  }

  private void reconcile() {
    Lag lag = Lag.NONE;
    Optional<Disturbance.QueueFull> full = Optional.empty();
    if (disturbed) {
      disturbedReconciles++;
      lag = disturber.lagOf(disturbedReconciles);
      full = disturber.queueFullAt(disturbedReconciles);
    }
    try {
      full.ifPresent(disturbance -> operator.queue().fill(disturbance.comeback()));
      reconcileOf(operator, lag);
      if (disturbed && operator.reconciled()) {
        reconciles.add(disturbedReconciles);
      }
      full.filter(_ -> operator.queue().wasFull()).ifPresent(disturber::wasFull);
    } catch (ProcessKilled e) {
      say("operator", "killed; starts again with an empty memory");
      world.pass(RESTART);
      operator = start("operator");
    }
  }

  private void reconcileOf(ScheduledOperator process, Lag lag) {
    attempts++;
    if (attempts > Bounds.ATTEMPTS) {
      throw new OracleViolation(
          Oracle.O10_BOUNDED, "no rest after " + Bounds.ATTEMPTS + " reconciles");
    }
    say(
        process.name(),
        () -> "",
        () -> "reconcile" + (lag.none() ? "" : ", caches of resource and Secrets " + lag));
    running.push(process);
    try {
      process.reconcile(lag);
    } catch (ReconcileDefect defect) {
      if (defect.getCause() instanceof Error ofExplorer) {
        // Killed, or an oracle objects.
        throw ofExplorer;
      }
      throw new OracleViolation(Oracle.O10_BOUNDED, "a reconcile ends in " + defect.getCause());
    } catch (RuntimeException e) {
      throw new OracleViolation(Oracle.O10_BOUNDED, "a reconcile ends in " + e);
    } finally {
      running.pop();
    }
  }

  @Override
  public <T> T call(
      ScheduledOperator caller, PortCall call, Supplier<String> detail, Supplier<T> effect) {
    judge(new Step.PortCalled(caller.countCall()));
    if (!call.remote()) {
      world.pass(CLUSTER_CALL);
    }
    if (!disturbed || caller != operator) {
      return make(caller, () -> call + " " + detail.get(), call, effect);
    }
    calls.add(call);
    int number = calls.size();
    disturber.strike(number, call, Moment.BEFORE);
    disturber.answerFor(number, call).ifPresent(world.service()::arrange);
    try {
      disturber.refuse(number, call);
      T result = make(caller, () -> "#" + number + " " + call + " " + detail.get(), call, effect);
      disturber.strike(number, call, Moment.AFTER);
      return result;
    } catch (InstancesApiException | ClusterConflict e) {
      disturber.strike(number, call, Moment.AFTER);
      throw e;
    } finally {
      world.service().arrangeNothing();
    }
  }

  private <T> T make(
      ScheduledOperator caller, Supplier<String> text, PortCall call, Supplier<T> effect) {
    try {
      T result = effect.get();
      if (!call.read()) {
        changes++;
      }
      say(caller.name(), text, () -> isDone(result) ? "done" : String.valueOf(result));
      return result;
    } catch (InstancesApiException e) {
      say(caller.name(), text, () -> e.failure().toString());
      judge(new Step.TextsShown(List.of(e.toString(), e.failure().toString())));
      throw e;
    } catch (ClusterConflict e) {
      say(caller.name(), text, () -> "conflict: " + e.getMessage());
      throw e;
    }
  }

  private static boolean isDone(Object result) {
    return result == Boolean.TRUE || result instanceof InstanceCall.Done;
  }

  @Override
  public void secondReplica(Lag lag, Stay stay) {
    ScheduledOperator second = start("second replica");
    reconcileOf(second, lag);
    if (stay == Stay.EIGHT_MINUTES) {
      Instant end = world.time().now().plus(LONG_STAY);
      Optional<Instant> due = second.due().filter(next -> !next.isAfter(end));
      while (due.isPresent()) {
        world.advanceUntil(due.get());
        reconcileOf(second, Lag.NONE);
        due = second.due().filter(next -> !next.isAfter(end));
      }
      world.advanceUntil(end);
    }
  }

  @Override
  public void nextAction() {
    if (!actions.isEmpty()) {
      perform(actions.removeFirst());
    }
  }

  private void perform(ScheduledAction action) {
    say("outside", action.text());
    action.act().accept(world);
  }

  private ScheduledOperator start(String name) {
    return new ScheduledOperator(name, world, variant, this, schedule.scenario().guardLimit());
  }

  private void judge(Step step) {
    judge.after(
        step, world, Optional.ofNullable(running.peek()).flatMap(ScheduledOperator::running));
  }

  @Override
  public void requestFullCheck() {
    say("outside", "a listing asks for a full check");
    operator.requestFullCheck();
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public void say(String who, String what) {
    say(who, () -> "", () -> what);
  }

  private void say(String who, Supplier<String> call, Supplier<String> what) {
    trace.line(
        Duration.between(VirtualTime.START, world.time().now()).toSeconds(), who, call, what);
  }
}
