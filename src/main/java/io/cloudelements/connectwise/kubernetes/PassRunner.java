package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.InstanceReconciliation;
import io.cloudelements.connectwise.reconcile.PassObserver;
import io.cloudelements.connectwise.reconcile.PassResult;
import io.cloudelements.connectwise.reconcile.RequeuePolicy;
import io.cloudelements.connectwise.reconcile.Snapshot;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.reconcile.Wish;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers and runs passes, remembers what came of them, and turns every failure into a time to come
 * back: none is thrown.
 */
public final class PassRunner {
  private static final Logger LOG = LoggerFactory.getLogger(PassRunner.class);

  private final InstanceReconciliation reconciliation;
  private final SnapshotReader reader;
  private final PassMemory memory;
  private final PassMeters meters;
  private final PassObserver observer;
  private final PassThreads threads;
  private final ReadingPlaces places = new ReadingPlaces();

  /**
   * @param observer looks on besides the meters, from the outside
   */
  public PassRunner(
      InstanceReconciliation reconciliation,
      SnapshotReader reader,
      PassMemory memory,
      PassMeters meters,
      PassObserver observer,
      PassThreads threads) {
    this.reconciliation = reconciliation;
    this.reader = reader;
    this.memory = memory;
    this.meters = meters;
    this.observer = observer;
    this.threads = threads;
  }

  /** To be closed when the pass has ended, or when there was none. */
  SharedSecrets.Part begin(ConnectWiseInstance cached) {
    return reader.begin(cached);
  }

  /** Says in the status that others come first. */
  void announceWait(ConnectWiseInstance cached) {
    try {
      reconciliation.waits(new Snapshot(cached, Map.of(), Optional.empty(), 0, Optional.empty()));
    } catch (KubernetesClientException e) {
      LOG.debug("That it waits cannot be written: {}", ApiServerFailure.of(e));
    }
  }

  /**
   * @return when to look again; empty when only an event brings news
   */
  Optional<Duration> pass(ConnectWiseInstance cached, SharedSecrets.Part credentials) {
    ResourceId id = Wish.id(cached);
    String uid = cached.getMetadata().getUid();
    if (memory.isFinished(id, uid)) {
      return Optional.empty();
    }
    long begun = System.nanoTime();
    try {
      Optional<Snapshot> gathered =
          places.read(
              cached,
              () -> reader.current(cached).map(resource -> gather(id, resource, credentials)));
      threads.entered();
      Duration gathering = Duration.ofNanos(System.nanoTime() - begun);
      return gathered.flatMap(
          snapshot -> memory.remaining(id, snapshot).or(() -> run(id, snapshot, gathering)));
    } catch (KubernetesClientException e) {
      ApiServerFailure failure = ApiServerFailure.of(e);
      meters.troubled(PassMeters.Trouble.API_SERVER);
      if (memory.failed(id, uid, failure)) {
        LOG.warn("The API server fails, so that nothing can be done or reported: {}", failure);
      }
    } catch (RuntimeException e) {
      meters.troubled(PassMeters.Trouble.DEFECT);
      memory.failed(id, uid, new ApiServerFailure(0, e.getClass().getName()));
      LOG.error("A pass failed unexpectedly and cannot be reported in the status", e);
    }
    return Optional.of(RequeuePolicy.afterClusterFailure(memory.troubles(id, uid) - 1, uid));
  }

  private Snapshot gather(
      ResourceId id, ConnectWiseInstance resource, SharedSecrets.Part credentials) {
    String uid = resource.getMetadata().getUid();
    Snapshot snapshot =
        reader.gather(
            resource,
            credentials,
            memory.credentials(id, uid),
            memory.nextLook(id, uid),
            memory.unwritten(id, uid));
    return memory.resumed(id, snapshot);
  }

  private Optional<Duration> run(ResourceId id, Snapshot snapshot, Duration gathering) {
    Optional<PassResult> result =
        observer.observe(
            snapshot,
            gathering,
            () -> meters.observe(snapshot, gathering, () -> reconciled(snapshot)));
    result.ifPresent(ended -> {
      ended.unwritten().ifPresent(outcome -> log(outcome, snapshot.unwritten()));
      memory.passed(id, snapshot, ended);
    });
    return result.flatMap(PassResult::requeueAfter);
  }

  /** Once, until the API server says something else. */
  private static void log(UnwrittenOutcome now, Optional<UnwrittenOutcome> before) {
    if (!before.map(UnwrittenOutcome::failure).equals(Optional.of(now.failure()))) {
      LOG.warn("The API server does not take a write: {}", now.failure());
    }
  }

  private Optional<PassResult> reconciled(Snapshot snapshot) {
    try {
      return Optional.of(reconciliation.run(snapshot));
    } catch (KubernetesClientException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("A pass failed unexpectedly", e);
      meters.troubled(PassMeters.Trouble.DEFECT);
      return reader
          .latest(snapshot.resource())
          .map(latest -> reconciliation.unexpected(snapshot.with(latest)));
    }
  }
}
