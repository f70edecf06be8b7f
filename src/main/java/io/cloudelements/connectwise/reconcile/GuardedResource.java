package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.Verdict;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.Report;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The resource as this pass writes it: token Secret, status, events, and when to look again. */
final class GuardedResource {
  private final Snapshot snapshot;
  private final ClusterWrites cluster;
  private final PassSettings settings;
  private final InstantSource clock;
  private final GuardedWrites writes;
  private final Recorded recordedBefore;
  private final TokenSecretDelivery delivery;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Occurrence> occurrences = new ArrayList<>();

  private boolean secretIsRight;

  GuardedResource(
      Snapshot snapshot, ClusterWrites cluster, PassSettings settings, InstantSource clock) {
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.settings = settings;
    this.clock = clock;
    this.writes = new GuardedWrites(snapshot, cluster);
    this.recordedBefore = writes.recorded();
    this.delivery = new TokenSecretDelivery(snapshot, cluster, writes::assertCurrent);
  }

  Recorded recordedBefore() {
    return recordedBefore;
  }

  /**
   * The same, and an open creation where the status is empty under the finalizer: it was lost,
   * unless this process knows that no intent was ever written.
   */
  Recorded recordedOrLost() {
    return recordedBefore.blank() && snapshot.hasFinalizer() && writes.neverIntended().isEmpty()
        ? Recorded.lost(
            clock.instant(), Optional.ofNullable(snapshot.resource().getSpec().adoptInstanceId()))
        : recordedBefore;
  }

  void note(Occurrence occurrence) {
    occurrences.add(occurrence);
  }

  /** Before anything is made at the service: from then on the resource cannot go unnoticed. */
  void ensureFinalizer() {
    writes.ensureFinalizer();
  }

  void assertCurrent() {
    writes.assertCurrent();
  }

  void writeIntent(Verdict verdict, Recorded recorded) {
    writes.writeIntent(compose(verdict, recorded, List.of()));
  }

  void writeStatus(Verdict verdict, Recorded recorded) {
    writes.writeStatus(compose(verdict, recorded, List.of()));
  }

  /** Delivers the token before anything says ready, then reports. */
  PassResult conclude(Conclusion conclusion) {
    if (conclusion.instance().isEmpty() || snapshot.deleting()) {
      return end(conclusion.verdict(), conclusion.recorded(), conclusion.unreported(), List.of());
    }
    if (conclusion.desired().policy() == ManagementPolicy.MANAGE) {
      ensureFinalizer();
    }
    RemoteInstance instance = conclusion.instance().get();
    Secret wanted =
        TokenSecretContract.build(
            snapshot.resource(),
            instance,
            conclusion.desired().element(),
            conclusion.desired().account());
    String name = secretName();
    secretIsRight = delivery.isDelivered(wanted, instance.id());
    Optional<Verdict> withheld = delivery.deliver(wanted, instance.id());
    if (withheld.isPresent()) {
      return end(withheld.get(), conclusion.recorded(), conclusion.unreported(), List.of());
    }
    noteRepair(conclusion, name);
    secretIsRight = true;
    delivery.removeUnwanted();
    return end(
        conclusion.verdict(), conclusion.delivered(name), conclusion.unreported(), List.of());
  }

  private void noteRepair(Conclusion conclusion, String name) {
    boolean deliveredBefore =
        recordedBefore.tokenSecret().equals(Optional.of(name))
            && recordedBefore.instanceId().equals(conclusion.recorded().instanceId())
            && conclusion.seen().done().isEmpty();
    if (deliveredBefore && !secretIsRight) {
      notices.add(
          Notice.normal(
              "TokenSecretRepaired",
              "Secret " + name + " was missing or changed and is written anew."));
      note(new Occurrence.TokenSecretRepaired());
    }
  }

  /**
   * Nothing was called, and nothing written. What the status says stays where that is no news: a
   * turn that did not come is about others, and a deletion that is blocked already stays so.
   */
  PassResult turnedAway(RemoteFailure failure, Verdict verdict, Recorded recorded) {
    boolean busy = failure instanceof NotSent notSent && notSent.busy();
    boolean toldBefore = recordedBefore.lastReason().equals(Optional.of(Reason.DELETION_BLOCKED));
    boolean silent = writes.status().map(ConnectWiseInstanceStatus::observedGeneration).isEmpty();
    if (silent || !(busy || toldBefore)) {
      return end(verdict, recorded, Observation.NONE, List.of());
    }
    Optional<Duration> again =
        busy && verdict.notBefore().isPresent()
            ? Optional.of(RequeuePolicy.afterMissedTurn(snapshot.ref().uid(), snapshot.failures()))
            : requeue(verdict);
    return new PassResult(Optional.of(verdict.reason()), again, Optional.empty(), Optional.empty());
  }

  /** Reports, and says when to look again. */
  PassResult end(Verdict verdict, Recorded recorded, Observation seen, List<String> plan) {
    if (verdict.reason().kind() == Reason.Kind.FINISHED) {
      return letGo(verdict);
    }
    writes.writeStatus(compose(verdict, recorded, plan));
    tell(verdict, recorded, seen);
    return new PassResult(
            Optional.of(verdict.reason()),
            requeue(verdict),
            RequeuePolicy.nextLook(verdict, rhythm(), snapshot.ref().uid(), clock.instant()),
            Optional.empty())
        .with(occurrences);
  }

  private void tell(Verdict verdict, Recorded recorded, Observation seen) {
    notices.addAll(News.between(recordedBefore, recorded, seen));
    News.ofVerdict(recordedBefore.lastReason(), verdict).ifPresent(notices::add);
    notices.forEach(notice -> cluster.publish(writes.ref(), notice));
    occurrences.addAll(News.occurrences(recordedBefore, recorded, seen, verdict));
  }

  /** The Secrets go first: a new resource of the same name would otherwise meet them. */
  private PassResult letGo(Verdict verdict) {
    delivery
        .removeAll()
        .forEach(failure -> {
          note(new Occurrence.ClusterWriteFailed(failure));
          Verdict told = failure.verdict(Reason.CLUSTER_WRITE_REFUSED);
          cluster.publish(writes.ref(), Notice.warning(told.reason().label(), told.message()));
        });
    writes.removeFinalizer();
    cluster.publish(writes.ref(), Notice.normal("Deleted", verdict.message()));
    return PassResult.finished(verdict.reason()).with(occurrences);
  }

  /**
   * Ends a pass that the API server did not let write. What it came to is kept for the next one.
   *
   * @param conclusion empty when the pass failed before it had one
   */
  PassResult unwritten(ClusterWriteFailure failure, Optional<Conclusion> conclusion) {
    note(new Occurrence.ClusterWriteFailed(failure));
    Recorded recorded =
        conclusion
            .map(left -> secretIsRight ? left.delivered(secretName()) : left.recorded())
            .orElseGet(writes::recorded);
    UnwrittenOutcome outcome =
        UnwrittenOutcome.of(
            snapshot,
            failure,
            clock.instant(),
            conclusion,
            List.of(writes.recorded().withoutReason(), recorded.withoutReason()),
            writes.neverIntended());
    if (!outcome.told()) {
      return PassResult.unwritten(
              Optional.empty(),
              RequeuePolicy.afterClusterFailure(snapshot.failures(), snapshot.ref().uid()),
              outcome)
          .with(occurrences);
    }
    Verdict verdict = failure.verdict(reasonOfRefusal(conclusion));
    boolean reported =
        failure.write() != ClusterWriteFailure.WriteKind.STATUS && isWritten(verdict, recorded);
    if (reported) {
      tell(verdict, recorded, conclusion.map(Conclusion::unreported).orElse(Observation.NONE));
    } else if (!UnwrittenOutcome.isToldBefore(snapshot, failure)) {
      cluster.publish(writes.ref(), Notice.warning(verdict.reason().label(), verdict.message()));
    }
    return PassResult.unwritten(
            Optional.of(verdict.reason()),
            requeue(verdict).orElseThrow(),
            reported ? outcome.reported(recorded) : outcome)
        .with(occurrences);
  }

  /** Which one depends on whether applications find the right token. */
  private Reason reasonOfRefusal(Optional<Conclusion> conclusion) {
    if (snapshot.deleting()) {
      return Reason.CLUSTER_WRITE_REFUSED_AT_DELETION;
    }
    boolean usable =
        conclusion
            .map(left -> secretIsRight && left.verdict().reason().kind() == Reason.Kind.READY)
            .orElseGet(() -> writes.status().filter(StatusReader::isReady).isPresent());
    return usable ? Reason.CLUSTER_WRITE_REFUSED_IN_USE : Reason.CLUSTER_WRITE_REFUSED;
  }

  private boolean isWritten(Verdict verdict, Recorded recorded) {
    try {
      writeStatus(verdict, recorded);
      return true;
    } catch (ClusterConflict | ClusterWriteException e) {
      // An event says the same, and the next pass tries again.
      return false;
    }
  }

  /** Tries what was refused before anything is asked of the service. */
  void repeatRefused(Recorded recorded) {
    Optional<ClusterWriteFailure> failed = snapshot.unwritten().map(UnwrittenOutcome::failure);
    if (failed.isPresent()) {
      switch (failed.get().write()) {
        case ADD_FINALIZER -> ensureFinalizer();
        // Never on a later version, like an intent: where nothing is recorded, only the version
        // proves that nothing was made.
        case STATUS -> writeIntent(failed.get().verdict(Reason.CLUSTER_WRITE_REFUSED), recorded);
        case REMOVE_FINALIZER, CREATE_SECRET, UPDATE_SECRET, DELETE_SECRET -> {}
      }
    }
  }

  /** Ends a pass that has nothing to do and nothing to ask. */
  PassResult rest() {
    Reason reason = recordedBefore.lastReason().orElseThrow();
    Duration nextLook =
        snapshot
            .nextLook()
            .orElseGet(
                () -> rhythm().after(reason).afterStart(snapshot.ref().uid(), clock.instant()));
    return new PassResult(
        Optional.of(reason),
        Optional.of(RequeuePolicy.atRest(nextLook, rhythm(), snapshot.ref().uid())),
        Optional.of(nextLook),
        Optional.empty());
  }

  private Optional<Duration> requeue(Verdict verdict) {
    return RequeuePolicy.after(
        verdict, snapshot.failures(), rhythm(), snapshot.ref().uid(), clock.instant());
  }

  private ConnectWiseInstanceStatus compose(Verdict verdict, Recorded recorded, List<String> plan) {
    Report report =
        new Report(verdict, recorded, plan, snapshot.annotation(Snapshot.RECONCILE_REQUESTED_AT));
    return StatusComposer.compose(writes.status(), generation(), report, clock.instant());
  }

  private String secretName() {
    return TokenSecretContract.nameFor(snapshot.resource());
  }

  private Rhythm rhythm() {
    return settings.rhythm().of(snapshot.resource());
  }

  private long generation() {
    return snapshot.metadata().getGeneration();
  }
}
