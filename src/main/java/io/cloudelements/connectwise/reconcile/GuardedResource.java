package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.DesiredInstance;
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

/**
 * The resource as this pass writes it: every write is guarded by the version that the previous one
 * left, so that a pass which rests on an old view, or a second replica's, stops at its first write.
 */
final class GuardedResource {
  private final Snapshot snapshot;
  private final ClusterWrites cluster;
  private final PassSettings settings;
  private final InstantSource clock;
  private final Recorded recordedBefore;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Occurrence> occurrences = new ArrayList<>();

  private ResourceRef ref;
  private boolean finalizer;
  private boolean guarded;
  private Optional<ConnectWiseInstanceStatus> status;

  GuardedResource(
      Snapshot snapshot, ClusterWrites cluster, PassSettings settings, InstantSource clock) {
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.settings = settings;
    this.clock = clock;
    this.ref = snapshot.ref();
    this.finalizer = snapshot.hasFinalizer();
    this.status = Optional.ofNullable(snapshot.resource().getStatus());
    this.recordedBefore = StatusReader.recorded(status, generation());
  }

  Recorded recordedBefore() {
    return recordedBefore;
  }

  void note(Occurrence occurrence) {
    occurrences.add(occurrence);
  }

  /** Before anything is made at the service: from then on the resource cannot go unnoticed. */
  void ensureFinalizer() {
    if (!finalizer && !snapshot.deleting()) {
      ref = ref.at(cluster.addFinalizer(ref));
      finalizer = true;
      guarded = true;
    }
  }

  /** Ends the pass unless it rests on the latest version, where no earlier write of it did so. */
  void assertCurrent() {
    if (!guarded && status.isPresent()) {
      ref = ref.at(cluster.writeStatus(ref, status.get()));
      guarded = true;
    }
  }

  void writeStatus(Verdict verdict, Recorded recorded) {
    write(compose(verdict, recorded, List.of()));
  }

  /** Writes the token Secret where it differs, before anything says ready. */
  Recorded deliver(
      RemoteInstance instance, DesiredInstance desired, Recorded recorded, Observation seen) {
    Secret wanted =
        TokenSecretContract.build(
            snapshot.resource(), instance, desired.element(), desired.account());
    String name = wanted.getMetadata().getName();
    Optional<Secret> existing = snapshot.secret(name);
    boolean deliveredBefore =
        recordedBefore.tokenSecret().equals(Optional.of(name))
            && recordedBefore.instanceId().equals(Optional.of(instance.id()))
            && seen.done().isEmpty();
    if (existing.isEmpty()) {
      // Its name comes from the spec, and a former one must not come back.
      assertCurrent();
      cluster.createSecret(wanted);
    } else if (Boolean.TRUE.equals(existing.get().getImmutable())
        && !existing.get().getData().equals(wanted.getData())) {
      cluster.deleteSecret(existing.get());
      cluster.createSecret(wanted);
    } else if (!TokenSecretContract.isAsWanted(existing.get(), wanted)) {
      cluster.replaceSecret(TokenSecretContract.repaired(existing.get(), wanted));
    }
    boolean dataDiffered =
        existing.map(secret -> !wanted.getData().equals(secret.getData())).orElse(true);
    if (deliveredBefore && dataDiffered) {
      notices.add(
          Notice.normal(
              "TokenSecretRepaired",
              "Secret " + name + " was missing or changed and is written anew."));
      note(new Occurrence.TokenSecretRepaired());
    }
    removeFormer(name);
    return recorded.withTokenSecret(name);
  }

  private void removeFormer(String name) {
    recordedBefore
        .tokenSecret()
        .filter(former -> !former.equals(name))
        .flatMap(snapshot::secret)
        .filter(secret -> TokenSecretContract.isOurs(secret, ref.uid()))
        .ifPresent(cluster::deleteSecret);
  }

  /**
   * Nothing was called, and nothing written. What the status says stays where that is no news: a
   * turn that did not come is about others, and a deletion that is blocked already stays so.
   */
  PassResult turnedAway(RemoteFailure failure, Verdict verdict, Recorded recorded) {
    boolean busy = failure instanceof NotSent notSent && notSent.busy();
    boolean toldBefore = recordedBefore.lastReason().equals(Optional.of(Reason.DELETION_BLOCKED));
    boolean silent = status.isEmpty() || status.get().observedGeneration() == null;
    if (silent || !(busy || toldBefore)) {
      return end(verdict, recorded, Observation.NONE, List.of());
    }
    Optional<Duration> again =
        busy && verdict.notBefore().isPresent()
            ? Optional.of(RequeuePolicy.afterMissedTurn(ref.uid(), snapshot.failures()))
            : requeue(verdict);
    return new PassResult(Optional.of(verdict.reason()), again, Optional.empty(), Optional.empty());
  }

  /** Reports, and says when to look again. */
  PassResult end(Verdict verdict, Recorded recorded, Observation seen, List<String> plan) {
    if (verdict.reason().kind() == Reason.Kind.FINISHED) {
      cluster.removeFinalizer(ref);
      cluster.publish(ref, Notice.normal("Deleted", verdict.message()));
      return PassResult.finished(verdict.reason());
    }
    Optional<Reason> reasonBefore = recordedBefore.lastReason();
    ConnectWiseInstanceStatus next = compose(verdict, recorded, plan);
    write(next);
    notices.addAll(News.between(recordedBefore, recorded, seen));
    News.ofVerdict(reasonBefore, verdict).ifPresent(notices::add);
    notices.forEach(notice -> cluster.publish(ref, notice));
    occurrences.addAll(News.occurrences(recordedBefore, recorded, seen, verdict));
    return new PassResult(
        Optional.of(verdict.reason()),
        requeue(verdict),
        RequeuePolicy.nextLook(verdict, rhythm(), ref.uid(), clock.instant()),
        Optional.empty(),
        false,
        false,
        occurrences);
  }

  /** Ends a pass that has nothing to do and nothing to ask. */
  PassResult rest() {
    Reason reason = recordedBefore.lastReason().orElseThrow();
    Duration nextLook =
        snapshot
            .nextLook()
            .orElseGet(() -> rhythm().after(reason).afterStart(ref.uid(), clock.instant()));
    return new PassResult(
        Optional.of(reason),
        Optional.of(RequeuePolicy.atRest(nextLook, rhythm(), ref.uid())),
        Optional.of(nextLook),
        Optional.empty());
  }

  private Optional<Duration> requeue(Verdict verdict) {
    return RequeuePolicy.after(verdict, snapshot.failures(), rhythm(), ref.uid(), clock.instant());
  }

  private ConnectWiseInstanceStatus compose(Verdict verdict, Recorded recorded, List<String> plan) {
    Report report =
        new Report(verdict, recorded, plan, snapshot.annotation(Snapshot.RECONCILE_REQUESTED_AT));
    return StatusComposer.compose(status, generation(), report, clock.instant());
  }

  private void write(ConnectWiseInstanceStatus next) {
    if (!Optional.of(next).equals(status)) {
      ref = ref.at(cluster.writeStatus(ref, next));
      status = Optional.of(next);
      guarded = true;
    }
  }

  private Rhythm rhythm() {
    return settings.rhythm().of(snapshot.resource());
  }

  private long generation() {
    return snapshot.metadata().getGeneration();
  }
}
