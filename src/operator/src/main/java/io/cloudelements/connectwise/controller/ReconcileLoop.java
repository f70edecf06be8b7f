package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.PriorityClassifier;
import io.cloudelements.connectwise.reconcile.ReconcileDefect;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reconcile from its event to the time of the next one: asks for a permit where calls are
 * certain, reads the input, runs, remembers. Every failure becomes a requeue: none is thrown.
 */
public final class ReconcileLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

  /** The announcement costs a write; most queued resources are admitted earlier. */
  private static final Duration ANNOUNCED_AFTER = Duration.ofMinutes(5);

  /**
   * Upper bound of the pause, for changes that send no event (an unwatched Secret, a lost timer).
   * An early reconcile of an unchanged resource writes and calls nothing.
   */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private sealed interface Attempt {

    /** No permit of the account is free. */
    record Queued() implements Attempt {}

    /**
     * @param next when to reconcile again; empty: only after an event
     */
    record Done(Optional<Duration> next) implements Attempt {}
  }

  private final Reconciliation reconciliation;
  private final CallPermits permits;
  private final InputReader reader;
  private final SynchronizedMemory memory;
  private final ReconcileMetrics meters;
  private final ReconcileObserver observer;
  private final ReconcileExecutor threads;
  private final QueuedSince queuedSince = new QueuedSince(System::nanoTime);

  /**
   * @param observer called around the meters
   */
  public ReconcileLoop(
      Reconciliation reconciliation,
      CallPermits permits,
      InputReader reader,
      SynchronizedMemory memory,
      ReconcileMetrics meters,
      ReconcileObserver observer,
      ReconcileExecutor threads) {
    this.reconciliation = reconciliation;
    this.permits = permits;
    this.reader = reader;
    this.memory = memory;
    this.meters = meters;
    this.observer = observer;
    this.threads = threads;
  }

  /** The resource is gone. */
  void forget(ResourceId id) {
    permits.withdraw(id);
    queuedSince.ended(id);
    memory.forget(id);
  }

  /**
   * @return when to come back, which may be before the next reconcile is due; empty: only after an
   *     event
   */
  Optional<Duration> reconcile(ConnectWiseInstance cached) {
    try {
      return begin(cached).map(ReconcileLoop::shortened);
    } catch (RuntimeException | Error e) {
      return Optional.of(failed(cached, e));
    }
  }

  private static Duration shortened(Duration wait) {
    return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
  }

  private Optional<Duration> begin(ConnectWiseInstance cached) {
    ResourceId id = SpecDefaults.id(cached);
    long since = queuedSince.of(cached);
    return switch (attempt(id, cached, since)) {
      case Attempt.Queued _ -> {
        queuedSince.queued(cached, since);
        announce(id, cached);
        yield Optional.of(ReconcileEnd.Queued.REQUEUE_AFTER);
      }
      case Attempt.Done(Optional<Duration> next) -> {
        queuedSince.ended(id);
        permits.withdraw(id);
        yield next;
      }
    };
  }

  private Attempt attempt(ResourceId id, ConnectWiseInstance cached, long since) {
    Optional<Duration> remaining = memory.remaining(id, cached);
    if (remaining.isPresent()) {
      return new Attempt.Done(remaining);
    }
    if (memory.isFinished(id, cached.getMetadata().getUid())) {
      return new Attempt.Done(Optional.empty());
    }
    ReconcileInput unread = memory.unread(cached);
    Supplier<Attempt> work = () -> work(unread, since);
    Optional<Priority> priority = reconciliation.priorityOfCalls(unread);
    Optional<AccountKey> account = priority.flatMap(_ -> memory.accountOf(cached));
    if (account.isEmpty()) {
      return work.get();
    }
    try {
      return permits
          .withPermit(account.get(), id, priority.orElseThrow(), work)
          .orElseGet(Attempt.Queued::new);
    } catch (InstancesApiException paused) {
      // What the status says of the pause needs the whole input.
      return work.get();
    }
  }

  /** kstatus treats an empty status as finished. */
  private void announce(ResourceId id, ConnectWiseInstance cached) {
    boolean late =
        permits.waited(id).filter(waited -> waited.compareTo(ANNOUNCED_AFTER) >= 0).isPresent();
    Optional<AccountKey> account = memory.accountOf(cached).filter(_ -> late);
    account
        .flatMap(key -> reconciliation.announceQueued(memory.unread(cached), key))
        .ifPresent(failure -> LOG.debug("A queued resource cannot be announced: {}", failure));
  }

  private Attempt work(ReconcileInput unread, long since) {
    ConnectWiseInstance cached = unread.resource();
    ResourceId id = SpecDefaults.id(cached);
    Instant begun = memory.now();
    try (SecretReads.Session credentials = reader.openReads(cached, since)) {
      Optional<ReconcileInput> gathered =
          threads.read(
              // One Secret may wake thousands of resources; where they have instances, such
              // reconciles read with the priority of drift checks.
              PriorityClassifier.ofResource(unread),
              () -> reader.current(cached).map(resource -> gather(id, resource, credentials)));
      if (gathered.isEmpty()) {
        return new Attempt.Done(Optional.empty());
      }
      ReconcileInput input = gathered.get();
      Optional<Duration> remaining = memory.remaining(id, input);
      return remaining.isPresent()
          ? new Attempt.Done(remaining)
          : run(input, Duration.between(begun, memory.now()));
    } catch (RuntimeException | Error e) {
      // A permit is not held for longer.
      return new Attempt.Done(Optional.of(failed(cached, e)));
    }
  }

  /**
   * The framework would never again reconcile a resource whose reconcile ended in an error.
   *
   * @return when to try again
   */
  private Duration failed(ConnectWiseInstance cached, Throwable failure) {
    ResourceId id = SpecDefaults.id(cached);
    String uid = cached.getMetadata().getUid();
    if (failure instanceof KubernetesClientException e) {
      ApiServerFailure answer = ApiServerFailure.of(e);
      meters.recordError(ReconcileMetrics.ErrorSource.API_SERVER);
      if (memory.failed(id, uid, answer.toString())) {
        LOG.warn("The API server failed; the reconcile could neither run nor report: {}", answer);
      }
    } else {
      meters.recordError(ReconcileMetrics.ErrorSource.DEFECT);
      memory.failed(id, uid, failure.getClass().getName());
      LOG.error("A reconcile failed unexpectedly and cannot be reported in the status", failure);
    }
    return RequeuePolicy.afterClusterFailure(memory.failures(id, uid) - 1, uid);
  }

  private ReconcileInput gather(
      ResourceId id, ConnectWiseInstance resource, SecretReads.Session credentials) {
    String uid = resource.getMetadata().getUid();
    return memory.resumed(reader.gather(resource, credentials, memory.unwritten(id, uid)));
  }

  private Attempt run(ReconcileInput input, Duration gathering) {
    Optional<ReconcileEnd> end =
        observer.observe(
            input, gathering, () -> meters.observe(input, gathering, () -> reconciled(input)));
    if (end.isEmpty()) {
      return new Attempt.Done(Optional.empty());
    }
    memory.ended(input, end.get());
    return switch (end.get()) {
      case ReconcileEnd.Queued _ -> new Attempt.Queued();
      case ReconcileResult result -> {
        result
            .remembered()
            .unwritten()
            .ifPresent(outcome -> log(outcome, input.history().unwritten()));
        yield new Attempt.Done(result.requeueAfter());
      }
    };
  }

  /** Once, until the API server says something else. */
  private static void log(UnwrittenOutcome now, Optional<UnwrittenOutcome> before) {
    if (!before.map(UnwrittenOutcome::failure).equals(Optional.of(now.failure()))) {
      LOG.warn(
          now.failure().write() == ClusterWriteFailure.WriteKind.READ_SECRET
              ? "The API server does not show a Secret: {}"
              : "The API server does not take a write: {}",
          now.failure());
    }
  }

  private Optional<ReconcileEnd> reconciled(ReconcileInput input) {
    try {
      return Optional.of(reconciliation.run(input));
    } catch (ReconcileDefect defect) {
      LOG.error("A reconcile failed unexpectedly", defect.getCause());
      meters.recordError(ReconcileMetrics.ErrorSource.DEFECT);
      defect.credentials().ifPresent(credentials -> memory.worked(input, credentials));
      return reader
          .latest(input.resource())
          .map(latest -> reconciliation.unexpected(input.with(latest)));
    }
  }
}
