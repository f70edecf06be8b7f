package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.AuditLogAnswer;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.reconcile.DetectedDrift;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Asks the service's audit log once who changed an instance that a reconcile found changed, and
 * tells by an event. It does so after the reconcile, in a thread of its own and with the least
 * urgent permits of the account, so that neither a slow answer nor a wrong one reaches the repair.
 */
public final class DriftAuthorLookup implements ReconcileObserver {
  /**
   * As long as two full checks are apart as a rule: what was changed earlier was mostly found then.
   */
  private static final Duration OLDEST = Duration.ofHours(24);

  /** As many as the permits that drift checks of an account have by default, and some more. */
  static final int MOST_OF_ACCOUNT = 16;

  /** Each is a thread that waits. */
  static final int MOST_AT_ONCE = 256;

  private static final AuditLogAnswer MANY =
      new AuditLogAnswer.NotTold(
          "many instances were changed at once, and only some are asked for");

  private final InstancesApi instances;
  private final BiConsumer<ResourceRef, EventRecord> events;
  private final InstantSource clock;
  private final Executor threads;
  private final QuestionPlaces<FutureTask<AuditLogAnswer>> places =
      new QuestionPlaces<>(MOST_OF_ACCOUNT, MOST_AT_ONCE);

  public DriftAuthorLookup(InstancesApi instances, EventPublisher events, InstantSource clock) {
    this(instances, events::publish, clock, Executors.newVirtualThreadPerTaskExecutor());
  }

  DriftAuthorLookup(
      InstancesApi instances,
      BiConsumer<ResourceRef, EventRecord> events,
      InstantSource clock,
      Executor threads) {
    this.instances = instances;
    this.events = events;
    this.clock = clock;
    this.threads = threads;
  }

  @Override
  public Optional<ReconcileEnd> observe(
      ReconcileInput input, Duration gathering, Supplier<Optional<ReconcileEnd>> reconcile) {
    Instant begun = clock.instant();
    Optional<ReconcileEnd> end = reconcile.get();
    if (end.isPresent() && end.get() instanceof ReconcileResult result) {
      DetectedDrift.of(input, result).ifPresent(drift -> begin(drift, begun));
    }
    return end;
  }

  private void begin(DetectedDrift drift, Instant found) {
    QuestionPlaces.Asker asker =
        new QuestionPlaces.Asker(
            drift.resource().id().namespace(), drift.access().account().fingerprint());
    FutureTask<AuditLogAnswer> question = new FutureTask<>(() -> answer(drift, found));
    Optional<Set<FutureTask<AuditLogAnswer>>> dropped = places.take(asker, question);
    if (dropped.isPresent()) {
      dropped.get().forEach(other -> other.cancel(true));
      threads.execute(() -> ask(drift, question));
    } else {
      events.accept(drift.resource(), drift.event(MANY));
    }
  }

  private void ask(DetectedDrift drift, FutureTask<AuditLogAnswer> question) {
    question.run();
    places.release(question);
    boolean dropped = question.isCancelled();
    if (dropped) {
      // only the question was to be interrupted, and not what is told of it
      boolean _ = Thread.interrupted();
    }
    events.accept(drift.resource(), drift.event(dropped ? MANY : question.resultNow()));
  }

  /** The repair comes after the reconcile began, and its own line in the log does not count. */
  private AuditLogAnswer answer(DetectedDrift drift, Instant found) {
    try {
      return instances.readAuditLog(drift.access(), drift.instanceId(), found.minus(OLDEST), found);
    } catch (InstancesApiException e) {
      return new AuditLogAnswer.NotTold(
          e.failure() instanceof RemoteFailure.NotSent
              ? "its audit log was not asked, because calls to the account are held back"
              : "its audit log did not answer");
    }
  }
}
