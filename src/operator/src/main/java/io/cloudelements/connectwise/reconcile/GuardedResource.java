package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.reconcile.ReconcileResult.Remembered;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The resource as this reconcile writes it: token Secret, status, events, and the requeue. */
final class GuardedResource {
  private final ReconcileInput input;
  private final ClusterWrites cluster;
  private final StatusDraft draft;
  private final InstantSource clock;
  private final GuardedWrites writes;
  private final Recorded recordedBefore;
  private final TokenSecretDelivery delivery;
  private final List<EventRecord> events = new ArrayList<>();
  private final List<ReconcileEvent> counted = new ArrayList<>();

  private boolean secretIsRight;

  GuardedResource(
      ReconcileInput input,
      ClusterWrites cluster,
      ReconcileSettings settings,
      InstantSource clock) {
    this.input = input;
    this.cluster = cluster;
    this.draft = new StatusDraft(input, settings, clock);
    this.clock = clock;
    this.writes = new GuardedWrites(input, cluster);
    this.recordedBefore = writes.recorded();
    this.delivery = new TokenSecretDelivery(input, cluster, writes::assertCurrent);
  }

  Recorded recordedBefore() {
    return recordedBefore;
  }

  /**
   * The same, and an open creation where the status is empty under the finalizer: it was lost,
   * unless this process knows that no intent was ever written.
   */
  Recorded recordedOrLost() {
    return recordedBefore.blank() && input.hasFinalizer() && writes.withoutIntent().isEmpty()
        ? Recorded.lost(clock.instant(), input.spec().adoptInstanceId())
        : recordedBefore;
  }

  void note(ReconcileEvent event) {
    counted.add(event);
  }

  /** Before anything is made at the service: from then on the resource cannot go unnoticed. */
  void ensureFinalizer() {
    writes.ensureFinalizer();
  }

  void assertCurrent() {
    writes.assertCurrent();
  }

  /** Writes what the planner wants to be known before its next call. */
  void record(Action.Record record, Recorded recorded) {
    Outcome announced = ProgressOutcomes.announcing(record, input.deleting());
    switch (record) {
      case Action.RecordIntent _, Action.BeginAdoption _ -> writeIntent(announced, recorded);
      case Action.ForgetConfiguration _ -> writeStatus(announced, recorded);
    }
  }

  void writeIntent(Outcome outcome, Recorded recorded) {
    writes.writeIntent(draft.underWay(writes.status(), outcome, recorded));
  }

  void writeStatus(Outcome outcome, Recorded recorded) {
    writes.writeStatus(draft.underWay(writes.status(), outcome, recorded));
  }

  /**
   * Takes the Secret up.
   *
   * @return ends the reconcile
   */
  ClusterConflict takeUp(Action.TakeUpSecret action) {
    Secret secret = input.secret(action.name()).orElseThrow();
    cluster.replaceSecret(TokenSecretContract.ownedBy(input.resource(), secret));
    return new ClusterConflict("Secret " + action.name() + " has an owner now");
  }

  /** Delivers the token before anything says ready, then reports. */
  ReconcileResult conclude(Conclusion conclusion) {
    if (conclusion.instance().isEmpty() || input.deleting()) {
      return end(conclusion.outcome(), conclusion.recorded(), conclusion.unreported(), List.of());
    }
    if (conclusion.desired().policy() == ManagementPolicy.MANAGE) {
      ensureFinalizer();
    }
    RemoteInstance instance = conclusion.instance().get();
    Optional<Secret> wanted =
        input.tokenSecret(conclusion.desired(), instance.id(), instance.token());
    secretIsRight = wanted.filter(it -> delivery.isDelivered(it, instance.id())).isPresent();
    Optional<Outcome> withheld = delivery.deliver(wanted, instance.id());
    if (withheld.isPresent()) {
      return end(withheld.get(), conclusion.recorded(), conclusion.unreported(), List.of());
    }
    if (!secretIsRight
        && new TokenSecretRepair(input, recordedBefore, conclusion).isRepair(wanted.get())) {
      events.add(TokenSecretRepair.event(secretName()));
      note(new ReconcileEvent.TokenSecretRepaired());
    }
    secretIsRight = true;
    delivery.removeUnwanted();
    Recorded delivered = conclusion.delivered(secretName());
    return end(conclusion.outcome(), delivered, conclusion.unreported(), List.of());
  }

  /**
   * The account is paused: nothing was called, and nothing written. A deletion that is blocked or
   * held already stays so.
   */
  ReconcileResult rejected(Outcome outcome, Recorded recorded) {
    if (recordedBefore.lastReason().filter(Reason::isWaitingDeletion).isEmpty()) {
      return end(outcome, recorded, Observation.NONE, List.of());
    }
    return new ReconcileResult(
        Optional.of(outcome.reason()), draft.requeue(outcome), List.of(), Remembered.NOTHING);
  }

  /** Reports, and decides when to requeue. */
  ReconcileResult end(Outcome outcome, Recorded recorded, Observation seen, List<String> plan) {
    if (outcome.reason().kind() == Reason.Kind.FINISHED) {
      return letGo(outcome);
    }
    writes.writeStatus(draft.ended(writes.status(), outcome, recorded, plan));
    tell(outcome, recorded, seen);
    return new ReconcileResult(
        Optional.of(outcome.reason()),
        draft.requeue(outcome),
        counted,
        Remembered.ofFullCheck(draft.policy().nextFullCheck(outcome)));
  }

  private void tell(Outcome outcome, Recorded recorded, Observation seen) {
    events.addAll(ReconcileEvents.between(recordedBefore, recorded, seen));
    ReconcileEvents.ofOutcome(recordedBefore.lastReason(), outcome).ifPresent(events::add);
    events.forEach(event -> cluster.publish(writes.ref(), event));
    counted.addAll(ReconcileEvents.counted(recordedBefore, recorded, seen, outcome));
  }

  /** The Secrets go first: a new resource of the same name would otherwise meet them. */
  private ReconcileResult letGo(Outcome outcome) {
    delivery
        .removeAll()
        .forEach(failure -> {
          note(new ReconcileEvent.ClusterWriteFailed(failure));
          Outcome told = failure.outcome(Reason.CLUSTER_WRITE_REFUSED);
          cluster.publish(writes.ref(), EventRecord.warning(told.reason().label(), told.message()));
        });
    writes.removeFinalizer();
    cluster.publish(writes.ref(), EventRecord.normal("Deleted", outcome.message()));
    return ReconcileResult.finished(outcome.reason(), counted);
  }

  /**
   * Ends a reconcile whose write the API server refused. Its outcome is kept for the next one.
   *
   * @param conclusion empty when the reconcile failed before it had one
   */
  ReconcileResult unwritten(ClusterWriteFailure failure, Optional<Conclusion> conclusion) {
    note(new ReconcileEvent.ClusterWriteFailed(failure));
    Recorded recorded =
        conclusion
            .map(left -> secretIsRight ? left.delivered(secretName()) : left.recorded())
            .orElseGet(() ->
                writes.recorded().equals(recordedBefore) ? recordedOrLost() : writes.recorded());
    UnwrittenOutcome unwritten =
        UnwrittenOutcome.of(
            input,
            failure,
            clock.instant(),
            conclusion,
            List.of(
                writes.recorded().withReason(Optional.empty()),
                recorded.withReason(Optional.empty())),
            writes.withoutIntent());
    if (!unwritten.told()) {
      Duration again =
          RequeuePolicy.afterClusterFailure(input.history().failures(), input.ref().uid());
      return leaving(unwritten, Optional.empty(), again);
    }
    Outcome outcome = failure.outcome(reasonOfRefusal(conclusion));
    boolean reported =
        failure.write() != ClusterWriteFailure.WriteKind.STATUS && isWritten(outcome, recorded);
    if (reported) {
      tell(outcome, recorded, conclusion.map(Conclusion::unreported).orElse(Observation.NONE));
    } else if (!UnwrittenOutcome.isToldBefore(input, failure)) {
      cluster.publish(
          writes.ref(), EventRecord.warning(outcome.reason().label(), outcome.message()));
    }
    return leaving(
        reported && conclusion.isPresent() ? unwritten.reported(recorded) : unwritten,
        Optional.of(outcome.reason()),
        draft.requeue(outcome).orElseThrow());
  }

  /** The next reconcile begins with what is left. */
  private ReconcileResult leaving(
      UnwrittenOutcome unwritten, Optional<Reason> reason, Duration again) {
    return new ReconcileResult(
        reason,
        Optional.of(again),
        counted,
        Remembered.ofUnwritten(
            Optional.of(unwritten),
            unwritten.interrupted().map(was -> draft.nextFullCheckWithoutCalls(was.reason()))));
  }

  /** Which one depends on whether applications find the right token. */
  private Reason reasonOfRefusal(Optional<Conclusion> conclusion) {
    if (input.deleting()) {
      return Reason.CLUSTER_WRITE_REFUSED_AT_DELETION;
    }
    boolean usable =
        conclusion
            .map(left -> secretIsRight && left.outcome().reason().kind() == Reason.Kind.READY)
            .orElseGet(() -> writes.status().filter(StatusReader::isReady).isPresent());
    return usable ? Reason.CLUSTER_WRITE_REFUSED_IN_USE : Reason.CLUSTER_WRITE_REFUSED;
  }

  private boolean isWritten(Outcome outcome, Recorded recorded) {
    try {
      writes.writeStatus(draft.ended(writes.status(), outcome, recorded, List.of()));
      return true;
    } catch (ClusterConflict | ClusterWriteException e) {
      // An event says the same, and the next reconcile tries again.
      return false;
    }
  }

  /** Tries what was refused before anything is asked of the service. */
  void repeatRefused(Recorded recorded) {
    Optional<ClusterWriteFailure> failed =
        input.history().unwritten().map(UnwrittenOutcome::failure);
    if (failed.isPresent()) {
      switch (failed.get().write()) {
        case ADD_FINALIZER -> ensureFinalizer();
        // Never on a later version, like an intent: where nothing is recorded, only the version
        // proves that nothing was made.
        case STATUS -> writeIntent(failed.get().outcome(Reason.CLUSTER_WRITE_REFUSED), recorded);
        case REMOVE_FINALIZER, CREATE_SECRET, UPDATE_SECRET, DELETE_SECRET, READ_SECRET -> {}
      }
    }
  }

  /** Ends a reconcile that has nothing to do and nothing to ask. */
  ReconcileResult converged() {
    return withoutCalls(recordedBefore.lastReason().orElseThrow());
  }

  /** Delivers the Secret of a ready resource and reports, without a call. */
  ReconcileResult concludeWithoutCalls(Conclusion conclusion) {
    ReconcileResult result = conclude(conclusion);
    return result.reason().filter(Reason::isConverged).map(this::withoutCalls).orElse(result);
  }

  /** The next full check stays when it is. */
  private ReconcileResult withoutCalls(Reason reason) {
    Duration nextFullCheck = draft.nextFullCheckWithoutCalls(reason);
    return new ReconcileResult(
        Optional.of(reason),
        Optional.of(draft.policy().converged(nextFullCheck)),
        counted,
        Remembered.ofFullCheck(Optional.of(nextFullCheck)));
  }

  private String secretName() {
    return input.spec().tokenSecretName();
  }
}
