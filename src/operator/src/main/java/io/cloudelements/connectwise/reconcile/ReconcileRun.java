package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One run over one resource: asks the planner for the next action, carries it out, and asks again
 * with what it brought, until there is an outcome to report.
 */
final class ReconcileRun {
  private final ReconcileInput input;
  private final InstancesApi instances;
  private final CallPermits permits;
  private final ReconcileSettings settings;
  private final InstantSource clock;
  private final GuardedResource resource;
  private final ReconcileState state;
  private final ActionSelector selector;
  private boolean failedByService;
  private Optional<Conclusion> conclusion = Optional.empty();

  ReconcileRun(
      ReconcileInput input,
      InstancesApi instances,
      CallPermits permits,
      ClusterWrites cluster,
      ReconcileSettings settings,
      FleetGuards guards,
      InstantSource clock) {
    this.input = input;
    this.instances = instances;
    this.permits = permits;
    this.settings = settings;
    this.clock = clock;
    this.resource = new GuardedResource(input, cluster, settings, clock);
    this.state = new ReconcileState(resource.recordedOrLost());
    this.selector = new ActionSelector(input, state, settings, guards, clock);
  }

  ReconcileEnd run() {
    try {
      return state.withCredentials(attempt());
    } catch (ClusterConflict conflict) {
      return state.withCredentials(ReconcileResult.conflict(input));
    } catch (ClusterWriteException e) {
      return state.withCredentials(resource.unwritten(e.failure(), conclusion));
    } catch (RuntimeException | Error defect) {
      throw new ReconcileDefect(defect, state.credentials());
    }
  }

  private ReconcileEnd attempt() {
    if (input.deleting() && !input.hasFinalizer()) {
      return ReconcileResult.finished(Reason.DELETED, List.of());
    }
    Optional<Outcome> early = Prerequisites.outcome(input, state.recorded());
    if (early.isPresent()) {
      return end(early.get());
    }
    if (input.refusedRead().isPresent()) {
      throw new ClusterWriteException(input.refusedRead().get());
    }
    return switch (new DesiredResolver(settings).resolve(input)) {
      case DesiredResolver.Resolution.Blocked(Outcome outcome) -> {
        state.withoutAccount(input);
        yield end(
            input.deleting()
                ? ProgressOutcomes.deletionBlocked(outcome)
                : SecretGracePeriod.applied(outcome, input, clock.instant()));
      }
      case DesiredResolver.Resolution.Resolved(DesiredInstance desired, var credentials) -> {
        state.use(credentials);
        yield towards(desired)
            .<ReconcileEnd>map(result -> result.awaitingService(failedByService))
            .orElseGet(() -> new ReconcileEnd.Queued(desired.account().key()));
      }
    };
  }

  /** Empty when the resource is queued. */
  private Optional<ReconcileResult> towards(DesiredInstance desired) {
    conclusion = input.history().unwritten().flatMap(last -> last.conclusionFor(input, desired));
    if (conclusion.isPresent()) {
      return Optional.of(resource.conclude(conclusion.get()));
    }
    Optional<ReconcileResult> withoutCalls =
        input.fullCheckIsDue() ? Optional.empty() : concludedWithoutCalls(desired);
    if (withoutCalls.isPresent()) {
      return withoutCalls;
    }
    Priority priority = PriorityClassifier.priority(input, state.recorded(), desired);
    boolean usersChange = priority == Priority.CHANGES;
    try {
      return (desired.policy() == ManagementPolicy.PLAN
              ? permitted(desired, priority, first -> preview(first, desired))
              : permitted(desired, priority, first -> carryOut(first, desired))
                  .map(outcome -> manage(outcome, desired)))
          .map(result -> result.ofUsersChange(usersChange));
    } catch (InstancesApiException rejected) {
      Outcome outcome = outcome(rejected.failure(), desired);
      return Optional.of(resource.rejected(outcome, state.recorded()).ofUsersChange(usersChange));
    }
  }

  /** Empty when the service has to be called. */
  private Optional<ReconcileResult> concludedWithoutCalls(DesiredInstance desired) {
    Convergence convergence = new Convergence(input, desired, state.recorded());
    if (convergence.holds()) {
      return Optional.of(resource.converged());
    }
    conclusion = convergence.butForTokenSecret();
    return conclusion.map(resource::concludeWithoutCalls);
  }

  /** Nothing is called or written without a permit; where nothing is called, none is needed. */
  private <T> Optional<T> permitted(
      DesiredInstance desired, Priority priority, Function<Action, T> work) {
    Action first = selector.selectAndRemember(desired);
    Supplier<T> permitted =
        () -> {
          resource.repeatRefused(state.recorded());
          return work.apply(first);
        };
    return first instanceof Action.Finish
        ? Optional.of(permitted.get())
        : permits.withPermit(desired.account().key(), input.id(), priority, permitted);
  }

  private ReconcileResult manage(Outcome outcome, DesiredInstance desired) {
    Conclusion reached =
        new Conclusion(desired, outcome, state.recorded(), state.seen(), state.instance(), false);
    conclusion = Optional.of(reached);
    return resource.conclude(reached);
  }

  private ReconcileResult end(Outcome outcome) {
    return resource.end(outcome, state.recorded(), state.seen(), List.of());
  }

  private Outcome carryOut(Action first, DesiredInstance desired) {
    ServiceCalls calls = new ServiceCalls(instances, desired);
    Action action = first;
    while (true) {
      try {
        switch (action) {
          case Action.Finish(Outcome outcome) -> {
            return outcome;
          }
          case Action.Read read -> state.see(calls.read(read, state.seen()));
          case Action.VerifyGone(long id) -> state.see(calls.verifyGone(id, state.seen()));
          case Action.Record record -> {
            state.note(record, desired);
            resource.ensureFinalizer();
            resource.record(record, state.recorded());
          }
          case Action.TakeUpSecret secret -> throw resource.takeUp(secret);
          case Action.Mutation mutation -> act(mutation, desired);
        }
        action = selector.selectAndRemember(desired);
      } catch (InstancesApiException e) {
        state.failed(action, e.failure());
        return outcome(e.failure(), desired);
      }
    }
  }

  /** Nothing is changed, so what was recorded before stays. */
  private ReconcileResult preview(Action first, DesiredInstance desired) {
    Recorded before = state.recorded();
    PreviewRun run =
        new PreviewRun(
            new Preview(input, desired), state, selector, new ServiceCalls(instances, desired));
    PreviewRun.PreviewResult result;
    try {
      result = run.from(first);
    } catch (InstancesApiException e) {
      result = new PreviewRun.PreviewResult(outcome(e.failure(), desired), List.of());
    }
    return resource.end(result.outcome(), before, Observation.NONE, result.lines());
  }

  private void act(Action.Mutation mutation, DesiredInstance desired) {
    if (!input.deleting()) {
      resource.ensureFinalizer();
    }
    NotedDrift drift =
        NotedDrift.before(resource.recordedBefore(), desired, state.instance(), resource::note);
    if (mutation.configures() || selector.needsRecordedHold(mutation)) {
      // Secrets are masked: what a replica with an old view sends would never be noticed.
      resource.assertCurrent();
    }
    new ServiceCalls(instances, desired)
        .change(mutation, state.instance())
        .ifPresent(answer -> state.learn(answer, desired, mutation.configures()));
    state.see(state.seen().after(mutation));
    if (!input.deleting()) {
      selector.remember(desired);
    }
    drift.after(state.instance());
  }

  private Outcome outcome(RemoteFailure failure, DesiredInstance desired) {
    String account = desired.account().fingerprint();
    failedByService = failure.isOfService();
    return input.deleting()
        ? FailureOutcomes.ofDeletion(failure, account, clock.instant())
        : FailureOutcomes.of(failure, account, clock.instant());
  }
}
