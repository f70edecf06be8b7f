package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RequeuePolicy;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers and runs passes, remembers what came of them, and turns every failure into a time to come
 * back: none is thrown.
 */
public final class ReconcileLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

  private final Reconciliation reconciliation;
  private final InputReader reader;
  private final SynchronizedMemory memory;
  private final ReconcileMetrics meters;
  private final ReconcileObserver observer;
  private final ReconcileExecutor threads;
  private final ReadingPlaces places = new ReadingPlaces();

  /**
   * @param observer looks on besides the meters, from the outside
   */
  public ReconcileLoop(
      Reconciliation reconciliation,
      InputReader reader,
      SynchronizedMemory memory,
      ReconcileMetrics meters,
      ReconcileObserver observer,
      ReconcileExecutor threads) {
    this.reconciliation = reconciliation;
    this.reader = reader;
    this.memory = memory;
    this.meters = meters;
    this.observer = observer;
    this.threads = threads;
  }

  /** To be closed when the pass has ended, or when there was none. */
  SecretReads.Session begin(ConnectWiseInstance cached) {
    return reader.begin(cached);
  }

  /** Says in the status that others come first. */
  void announceWait(ConnectWiseInstance cached) {
    try {
      reconciliation.waits(
          new ReconcileInput(cached, Map.of(), Optional.empty(), 0, Optional.empty()));
    } catch (KubernetesClientException e) {
      LOG.debug("That it waits cannot be written: {}", ApiServerFailure.of(e));
    }
  }

  /**
   * @return when to look again; empty when only an event brings news
   */
  Optional<Duration> pass(ConnectWiseInstance cached, SecretReads.Session credentials) {
    ResourceId id = SpecDefaults.id(cached);
    String uid = cached.getMetadata().getUid();
    if (memory.isFinished(id, uid)) {
      return Optional.empty();
    }
    Instant begun = memory.now();
    try {
      Optional<ReconcileInput> gathered =
          places.read(
              cached,
              () -> reader.current(cached).map(resource -> gather(id, resource, credentials)));
      threads.entered();
      Duration gathering = Duration.between(begun, memory.now());
      return gathered.flatMap(input -> memory.remaining(id, input).or(() -> run(input, gathering)));
    } catch (KubernetesClientException e) {
      ApiServerFailure failure = ApiServerFailure.of(e);
      meters.recordError(ReconcileMetrics.ErrorSource.API_SERVER);
      if (memory.failed(id, uid, failure.toString())) {
        LOG.warn("The API server fails, so that nothing can be done or reported: {}", failure);
      }
    } catch (RuntimeException e) {
      meters.recordError(ReconcileMetrics.ErrorSource.DEFECT);
      memory.failed(id, uid, e.getClass().getName());
      LOG.error("A pass failed unexpectedly and cannot be reported in the status", e);
    }
    return Optional.of(RequeuePolicy.afterClusterFailure(memory.failures(id, uid) - 1, uid));
  }

  private ReconcileInput gather(
      ResourceId id, ConnectWiseInstance resource, SecretReads.Session credentials) {
    String uid = resource.getMetadata().getUid();
    return memory.resumed(reader.gather(resource, credentials, memory.unwritten(id, uid)));
  }

  private Optional<Duration> run(ReconcileInput input, Duration gathering) {
    Optional<ReconcileResult> result =
        observer.observe(
            input, gathering, () -> meters.observe(input, gathering, () -> reconciled(input)));
    result.ifPresent(ended -> {
      ended.unwritten().ifPresent(outcome -> log(outcome, input.unwritten()));
      memory.ended(input, ended);
    });
    return result.flatMap(ReconcileResult::requeueAfter);
  }

  /** Once, until the API server says something else. */
  private static void log(UnwrittenOutcome now, Optional<UnwrittenOutcome> before) {
    if (!before.map(UnwrittenOutcome::failure).equals(Optional.of(now.failure()))) {
      LOG.warn("The API server does not take a write: {}", now.failure());
    }
  }

  private Optional<ReconcileResult> reconciled(ReconcileInput input) {
    try {
      return Optional.of(reconciliation.run(input));
    } catch (KubernetesClientException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("A pass failed unexpectedly", e);
      meters.recordError(ReconcileMetrics.ErrorSource.DEFECT);
      return reader
          .latest(input.resource())
          .map(latest -> reconciliation.unexpected(input.with(latest)));
    }
  }
}
