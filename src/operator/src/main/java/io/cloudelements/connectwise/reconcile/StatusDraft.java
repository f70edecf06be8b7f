package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What a reconcile reports, and when the next one is due. */
record StatusDraft(ReconcileInput input, ReconcileSettings settings, InstantSource clock) {

  /** While the reconcile goes on. */
  ConnectWiseInstanceStatus underWay(
      Optional<ConnectWiseInstanceStatus> before, Outcome outcome, Recorded recorded) {
    return compose(before, outcome, recorded, List.of(), Optional.empty());
  }

  /** When the reconcile ends. */
  ConnectWiseInstanceStatus ended(
      Optional<ConnectWiseInstanceStatus> before,
      Outcome outcome,
      Recorded recorded,
      List<String> plan) {
    Optional<Instant> next =
        requeue(outcome)
            .filter(Duration::isPositive)
            .map(wait -> clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS));
    return compose(before, outcome, recorded, plan, next);
  }

  private ConnectWiseInstanceStatus compose(
      Optional<ConnectWiseInstanceStatus> before,
      Outcome outcome,
      Recorded recorded,
      List<String> plan,
      Optional<Instant> next) {
    StatusReport report =
        new StatusReport(
            outcome,
            recorded,
            plan,
            input.annotation(Annotations.RECONCILE_REQUESTED_AT),
            input.mode(),
            next);
    return StatusComposer.compose(
        before, input.metadata().getGeneration(), report, clock.instant());
  }

  /** Empty when it need not be reconciled again. */
  Optional<Duration> requeue(Outcome outcome) {
    return policy().after(outcome);
  }

  RequeuePolicy policy() {
    return new RequeuePolicy(
        intervals(), input.ref().uid(), input.history().failures(), clock.instant());
  }

  /** Of a resource that was as wanted, and whose reconcile makes no calls now. */
  Duration nextFullCheckWithoutCalls(Reason reason) {
    return input
        .history()
        .nextFullCheck()
        .orElseGet(() -> intervals().after(reason).afterStart(input.ref().uid(), clock.instant()));
  }

  private ResyncIntervals intervals() {
    return settings.intervals().of(input.resource());
  }
}
