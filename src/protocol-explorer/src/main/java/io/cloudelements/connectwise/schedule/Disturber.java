package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.reconcile.ClusterWriteException;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Loss;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies the disturbances of a schedule, each in its place. */
final class Disturber {

  /** What a disturbance can set off. */
  interface Stage {
    World world();

    void requestFullCheck();

    /** The scenario's next action, if there is one left. */
    void nextAction();

    void secondReplica(Lag lag, Stay stay);

    /** Tells the trace. */
    void say(String who, String what);
  }

  private final List<Disturbance> disturbances;
  private final Judge judge;
  private final Stage stage;
  private final Set<Disturbance> fired = new HashSet<>();
  private final Map<Disturbance, PortCall> forbidden = new HashMap<>();

  Disturber(List<Disturbance> disturbances, Judge judge, Stage stage) {
    this.disturbances = disturbances;
    this.judge = judge;
    this.stage = stage;
  }

  /** Which disturbances were applied. */
  Set<Disturbance> fired() {
    return Set.copyOf(fired);
  }

  Lag lagOf(int reconcile) {
    for (Disturbance disturbance : disturbances) {
      if (disturbance instanceof Disturbance.StaleView(int at, Lag lag) && at == reconcile) {
        fired.add(disturbance);
        return lag;
      }
    }
    return Lag.NONE;
  }

  /** The one that fills the queue for a reconcile. */
  Optional<Disturbance.QueueFull> queueFullAt(int reconcile) {
    return disturbances.stream()
        .filter(Disturbance.QueueFull.class::isInstance)
        .map(Disturbance.QueueFull.class::cast)
        .filter(full -> full.reconcile() == reconcile)
        .findFirst();
  }

  /** The queue was full. */
  void wasFull(Disturbance.QueueFull disturbance) {
    fired.add(disturbance);
    if (disturbance.comeback() == Disturbance.Comeback.LEADER_CHANGED) {
      judge.secondReplicaLeads();
      stage.secondReplica(Lag.NONE, Stay.ONE_PASS);
    }
  }

  Optional<RemoteOutcome> answerFor(int number, PortCall call) {
    for (Disturbance disturbance : disturbances) {
      Optional<RemoteOutcome> outcome =
          outcome(disturbance, number).filter(possible -> possible.appliesTo(call));
      if (outcome.isPresent()) {
        fired.add(disturbance);
        if (outcome.get().outOfBounds()) {
          judge.serviceBrokeAnAssumption();
        }
        return outcome;
      }
    }
    return Optional.empty();
  }

  private static Optional<RemoteOutcome> outcome(Disturbance disturbance, int number) {
    return switch (disturbance) {
      case Disturbance.Answer answer when answer.call() == number -> Optional.of(answer.outcome());
      case Disturbance.Outage outage when outage.covers(number) -> Optional.of(outage.outcome());
      case Disturbance.Answer _,
          Disturbance.Outage _,
          Disturbance.Crash _,
          Disturbance.ApiServerFails _,
          Disturbance.WritesRefused _,
          Disturbance.SecondReplica _,
          Disturbance.Outside _,
          Disturbance.Pause _,
          Disturbance.StaleView _,
          Disturbance.QueueFull _ ->
          Optional.empty();
    };
  }

  void strike(int number, PortCall call, Moment moment) {
    for (Disturbance disturbance : disturbances) {
      if (disturbance.strikes(number, moment) && !inapplicable(disturbance, call)) {
        fired.add(disturbance);
        strike(disturbance, call);
      }
    }
  }

  private static boolean inapplicable(Disturbance disturbance, PortCall call) {
    return disturbance instanceof Disturbance.ApiServerFails && !call.isWrite();
  }

  /** Ends a write that a policy forbids. */
  void refuse(int number, PortCall call) {
    for (Disturbance disturbance : disturbances) {
      if (disturbance instanceof Disturbance.WritesRefused refused) {
        if (refused.call() == number) {
          forbidden.put(refused, call);
        }
        if (refused.covers(number) && call.isWrite() && call == forbidden.get(refused)) {
          fired.add(disturbance);
          stage.say("cluster", "a policy forbids: " + call);
          throw failure(call, 403, "a policy forbids it");
        }
      }
    }
  }

  private static ClusterWriteException failure(PortCall call, int code, String words) {
    return new ClusterWriteException(new ClusterWriteFailure(call.write(), code, words));
  }

  private void strike(Disturbance disturbance, PortCall call) {
    switch (disturbance) {
      case Disturbance.Crash crash -> {
        lose(crash.loss());
        throw new ProcessKilled();
      }
      case Disturbance.ApiServerFails _ -> {
        stage.say("cluster", "the API server gives no answer");
        throw failure(call, 0, "the API server gives no answer");
      }
      case Disturbance.SecondReplica second -> {
        judge.secondReplicaLeads();
        stage.secondReplica(second.lag(), second.stay());
      }
      case Disturbance.Outside outside -> outside(outside.event());
      case Disturbance.Pause pause -> {
        stage.say("operator", "gets no processor for " + pause.duration().toSeconds() + " s");
        stage.world().pass(pause.duration());
      }
      case Disturbance.WritesRefused _,
          Disturbance.Answer _,
          Disturbance.Outage _,
          Disturbance.StaleView _,
          Disturbance.QueueFull _ -> {}
    }
  }

  private void outside(OutsideEvent event) {
    switch (event) {
      case STATUS_LOST -> lose(Loss.STATUS);
      case TOKEN_SECRET_LOST -> lose(Loss.TOKEN_SECRET);
      case STATUS_AND_TOKEN_SECRET_LOST -> lose(Loss.STATUS_AND_TOKEN_SECRET);
      case WALL_CLOCK_BACK_1_H -> setBack(Duration.ofHours(1));
      case WALL_CLOCK_BACK_20_S -> setBack(Duration.ofSeconds(20));
      case LABEL_WRITTEN -> {
        stage.say("outside", "a label is written");
        stage.world().cluster().label();
      }
      case LISTING_ASKS_FOR_A_FULL_CHECK -> stage.requestFullCheck();
      case NEXT_ACTION -> stage.nextAction();
    }
  }

  private void setBack(Duration by) {
    stage.say("outside", "the wall clock is set back by " + by);
    stage.world().time().setWallClockBack(by);
  }

  private void lose(Loss loss) {
    if (loss == Loss.NOTHING_ELSE) {
      return;
    }
    stage.say("outside", "lost: " + loss);
    if (loss != Loss.TOKEN_SECRET) {
      judge.statusIsLost();
      stage.world().cluster().wipeStatus();
    }
    if (loss != Loss.STATUS) {
      stage.world().cluster().deleteSecret(ScheduledService.TOKEN_SECRET);
    }
  }
}
