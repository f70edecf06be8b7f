package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.util.EnumSet;
import java.util.Set;

/**
 * A script that is tried with one disturbance of each kind: what the others do to a resource is
 * tried with its own secrets.
 */
interface AccountScript extends Script {
  /** One of each class of failures. */
  Set<RemoteOutcome> OUTCOMES =
      EnumSet.of(
          RemoteOutcome.APPLIED_RESPONSE_LOST,
          RemoteOutcome.APPLIED_LATE,
          RemoteOutcome.LOST_BEFORE_APPLIED,
          RemoteOutcome.REFUSED_401,
          RemoteOutcome.HTML_404,
          RemoteOutcome.FAILED_500,
          RemoteOutcome.REFUSED_400_QUOTING_SECRETS);

  @Override
  default boolean isTriedWith(Disturbance disturbance) {
    return switch (disturbance) {
      case Disturbance.Crash _, Disturbance.ApiServerFails _, Disturbance.WritesRefused _ -> true;
      case Disturbance.Answer(int _, RemoteOutcome outcome) -> OUTCOMES.contains(outcome);
      case Disturbance.Outage(int _, RemoteOutcome outcome) -> outcome == RemoteOutcome.FAILED_500;
      case Disturbance.SecondReplica(int _, var moment, Lag lag, Stay stay) ->
          moment == Moment.AFTER && lag.none() && stay == Stay.ONE_PASS;
      case Disturbance.Outside(int _, var _, OutsideEvent event) ->
          event == OutsideEvent.NEXT_ACTION || event == OutsideEvent.TOKEN_SECRET_LOST;
      case Disturbance.StaleView(int _, Lag lag) -> lag.equals(Lag.of(1));
      case Disturbance.QueueFull(int _, Comeback how) -> how == Comeback.WOKEN_LATE;
      case Disturbance.Pause _ -> false;
    };
  }
}
