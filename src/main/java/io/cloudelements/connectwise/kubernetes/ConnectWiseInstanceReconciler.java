package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.InstanceReconciliation;
import io.cloudelements.connectwise.reconcile.PassObserver;
import io.cloudelements.connectwise.reconcile.PassResult;
import io.cloudelements.connectwise.reconcile.RequeuePolicy;
import io.cloudelements.connectwise.reconcile.Snapshot;
import io.cloudelements.connectwise.reconcile.Wish;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The framework's side of a pass: gather, run, and say when to come back. Nothing is thrown at the
 * framework, whose retries know neither backoff nor news.
 */
public final class ConnectWiseInstanceReconciler implements Reconciler<ConnectWiseInstance> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectWiseInstanceReconciler.class);

  private final InstanceReconciliation reconciliation;
  private final SnapshotReader reader;
  private final PassMemory memory;
  private final SecretEvents secretEvents;
  private final DriftRounds driftRounds;
  private final PassMeters meters;
  private final PassObserver observer;
  private final PassPlaces passPlaces;
  private final PassThreads threads;
  private final ReadingPlaces places = new ReadingPlaces();

  /**
   * @param observer looks on besides the meters, from the outside
   */
  public ConnectWiseInstanceReconciler(
      InstanceReconciliation reconciliation,
      SnapshotReader reader,
      PassMemory memory,
      SecretEvents secretEvents,
      DriftRounds driftRounds,
      PassMeters meters,
      PassObserver observer,
      PassPlaces passPlaces,
      PassThreads threads) {
    this.reconciliation = reconciliation;
    this.reader = reader;
    this.memory = memory;
    this.secretEvents = secretEvents;
    this.driftRounds = driftRounds;
    this.meters = meters;
    this.observer = observer;
    this.passPlaces = passPlaces;
    this.threads = threads;
  }

  @Override
  public List<EventSource<?, ConnectWiseInstance>> prepareEventSources(
      EventSourceContext<ConnectWiseInstance> context) {
    List<EventSource<?, ConnectWiseInstance>> sources =
        new ArrayList<>(secretEvents.sources(context));
    sources.add(driftRounds);
    sources.add(passPlaces.source());
    return sources;
  }

  @Override
  public UpdateControl<ConnectWiseInstance> reconcile(
      ConnectWiseInstance cached, Context<ConnectWiseInstance> context) {
    ResourceId id = Wish.id(cached);
    if (context.isPrimaryResourceDeleted()) {
      memory.forget(id);
      return UpdateControl.noUpdate();
    }
    try (var _ = MDC.putCloseable("namespace", id.namespace());
        var _ = MDC.putCloseable("name", id.name());
        SharedSecrets.Part credentials = reader.begin(cached)) {
      return next(
          memory
              .remaining(id, cached)
              .or(() ->
                  passPlaces.in(
                      cached, () -> pass(id, cached, credentials), () -> announceWait(cached))));
    }
  }

  private void announceWait(ConnectWiseInstance cached) {
    try {
      reconciliation.waits(new Snapshot(cached, Map.of(), Optional.empty(), 0, Optional.empty()));
    } catch (KubernetesClientException e) {
      LOG.debug("That it waits cannot be written: {}", ApiServerFailure.of(e));
    }
  }

  private Optional<Duration> pass(
      ResourceId id, ConnectWiseInstance cached, SharedSecrets.Part credentials) {
    threads.entered();
    String uid = cached.getMetadata().getUid();
    long begun = System.nanoTime();
    try {
      Optional<Snapshot> gathered =
          places.read(
              cached,
              () -> reader.current(cached).map(resource -> gather(id, resource, credentials)));
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
            resource, credentials, memory.credentials(id, uid), 0, memory.nextLook(id, uid));
    return memory.resumed(id, snapshot);
  }

  private Optional<Duration> run(ResourceId id, Snapshot snapshot, Duration gathering) {
    Optional<PassResult> result =
        observer.observe(
            snapshot,
            gathering,
            () -> meters.observe(snapshot, gathering, () -> reconciled(snapshot)));
    result.ifPresent(ended -> memory.passed(id, snapshot, ended));
    return result.flatMap(PassResult::requeueAfter);
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

  /**
   * Without a time, only an event brings news. The framework cannot wait less than a millisecond.
   */
  private static UpdateControl<ConnectWiseInstance> next(Optional<Duration> wait) {
    UpdateControl<ConnectWiseInstance> done = UpdateControl.noUpdate();
    return wait.map(time -> done.rescheduleAfter(Math.max(1, time.toMillis()))).orElse(done);
  }
}
