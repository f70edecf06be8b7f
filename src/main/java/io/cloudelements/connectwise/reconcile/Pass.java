package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DeletionPlanner;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.FailureVerdicts;
import io.cloudelements.connectwise.instance.InstancePlanner;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.Situation;
import io.cloudelements.connectwise.instance.Verdict;
import io.cloudelements.connectwise.platform.InstancesApi;
import io.cloudelements.connectwise.platform.InstancesApiException;
import io.cloudelements.connectwise.platform.Lane;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One run over one resource: asks the planner for the next action, carries it out, and asks again
 * with what it brought, until there is a verdict to report.
 */
final class Pass {
  private final Snapshot snapshot;
  private final InstancesApi instances;
  private final PassSettings settings;
  private final RecreationBrake brake;
  private final InstantSource clock;
  private final GuardedResource resource;

  private Recorded recorded;
  private Observation seen = Observation.NONE;

  /** The instance that this resource may use: the planner has looked at it and went on. */
  private Optional<RemoteInstance> instance = Optional.empty();

  Pass(
      Snapshot snapshot,
      InstancesApi instances,
      ClusterWrites cluster,
      PassSettings settings,
      RecreationBrake brake,
      InstantSource clock) {
    this.snapshot = snapshot;
    this.instances = instances;
    this.settings = settings;
    this.brake = brake;
    this.clock = clock;
    this.resource = new GuardedResource(snapshot, cluster, settings, clock);
    Recorded before = resource.recordedBefore();
    this.recorded =
        before.blank() && snapshot.hasFinalizer() ? Recorded.lost(clock.instant()) : before;
  }

  PassResult run() {
    if (snapshot.deleting() && !snapshot.hasFinalizer()) {
      return PassResult.finished(Reason.DELETED);
    }
    Optional<Verdict> early = Prerequisites.verdict(snapshot);
    if (early.isPresent()) {
      return resource.end(early.get(), recorded, seen, List.of());
    }
    return switch (new DesiredResolver(settings).resolve(snapshot)) {
      case DesiredResolver.Resolution.Blocked(Verdict verdict) ->
          resource.end(
              snapshot.deleting() ? Prerequisites.deletionBlocked(verdict) : verdict,
              recorded,
              seen,
              List.of());
      case DesiredResolver.Resolution.Resolved(DesiredInstance desired, var credentials) ->
          towards(desired).with(credentials);
    };
  }

  private PassResult towards(DesiredInstance desired) {
    if (!snapshot.lookIsDue() && Convergence.holds(snapshot, desired, recorded)) {
      return resource.rest();
    }
    Lane lane = Occasion.lane(snapshot, recorded, desired);
    boolean asked = lane == Lane.CHANGES;
    try {
      return desired.policy() == ManagementPolicy.PLAN
          ? inTurn(desired, lane, first -> preview(first, desired)).asked(asked)
          : manage(inTurn(desired, lane, first -> carryOut(first, desired)), desired).asked(asked);
    } catch (InstancesApiException turnedAway) {
      Verdict verdict = verdict(turnedAway.failure(), desired);
      return resource.turnedAway(turnedAway.failure(), verdict, recorded).asked(asked);
    }
  }

  /** The account is waited for before anything is called or written, and then not again. */
  private <T> T inTurn(DesiredInstance desired, Lane lane, Function<Action, T> work) {
    Action first = next(desired);
    return first instanceof Action.Settle
        ? work.apply(first)
        : instances.inTurn(
            desired.account(), lane, () -> announceWait(desired), () -> work.apply(first));
  }

  /** A resource that says nothing at all looks finished to some tools. */
  private void announceWait(DesiredInstance desired) {
    if (recorded.blank() && !snapshot.deleting()) {
      resource.writeStatus(
          Prerequisites.waiting(
              desired.policy(), "the calls to account " + desired.account().fingerprint()),
          recorded);
    }
  }

  private PassResult manage(Verdict verdict, DesiredInstance desired) {
    if (instance.isPresent() && !snapshot.deleting()) {
      if (desired.policy() == ManagementPolicy.MANAGE) {
        resource.ensureFinalizer();
      }
      recorded = resource.deliver(instance.get(), desired, recorded, seen);
    }
    return resource.end(verdict, recorded, seen, List.of());
  }

  private Verdict carryOut(Action first, DesiredInstance desired) {
    Action action = first;
    while (true) {
      try {
        switch (action) {
          case Action.Settle(Verdict verdict) -> {
            return verdict;
          }
          case Action.Read read -> seen = service(desired).read(read, seen);
          case Action.ProveGone(long id) -> seen = service(desired).proveGone(id, seen);
          case Action.Record record -> {
            note(record, desired);
            resource.ensureFinalizer();
            resource.writeStatus(Prerequisites.announcing(record, snapshot.deleting()), recorded);
          }
          case Action.Mutation mutation -> act(mutation, desired);
        }
        action = next(desired);
      } catch (InstancesApiException e) {
        return failed(action, e.failure(), desired);
      }
    }
  }

  /**
   * As far as reads go, with records only imagined; what would be changed next is put into words.
   */
  private PassResult preview(Action first, DesiredInstance desired) {
    Recorded before = recorded;
    Plan plan = new Plan(snapshot, desired);
    Action action = first;
    while (true) {
      try {
        switch (action) {
          case Action.Settle(Verdict verdict) -> {
            return resource.end(
                plan.verdict(verdict), before, Observation.NONE, plan.afterwards(instance));
          }
          case Action.Read read -> seen = service(desired).read(read, seen);
          case Action.ProveGone(long id) -> seen = seen.provenMissing(id);
          case Action.Record record -> note(record, desired);
          case Action.Mutation mutation -> {
            return resource.end(
                plan.verdict(), before, Observation.NONE, plan.lines(mutation, instance));
          }
        }
        action = next(desired);
      } catch (InstancesApiException e) {
        Verdict verdict = verdict(e.failure(), desired);
        return resource.end(verdict, before, Observation.NONE, List.of());
      }
    }
  }

  /** The planner's next action; the instance that it goes on with is remembered. */
  private Action next(DesiredInstance desired) {
    Action action = plan(desired);
    boolean refused =
        action instanceof Action.Settle(Verdict verdict)
            && (verdict.reason().kind() == Reason.Kind.STALLED
                || verdict.reason().kind() == Reason.Kind.RETRYING);
    if (seen.byId() instanceof Lookup.Found(RemoteInstance found)
        && !refused
        && !snapshot.deleting()) {
      accept(found, desired);
    }
    return action;
  }

  private Action plan(DesiredInstance desired) {
    String account = desired.account().fingerprint();
    Situation situation =
        new Situation(
            desired,
            recorded,
            seen,
            settings.window(),
            seen.gone() && brake.holds(account, snapshot.metadata().getUid(), clock.instant()),
            clock.instant());
    return snapshot.deleting() ? DeletionPlanner.plan(situation) : InstancePlanner.plan(situation);
  }

  private void accept(RemoteInstance found, DesiredInstance desired) {
    instance = Optional.of(found);
    recorded = recorded.seen(found, desired);
    InstancePlanner.duplicates(seen, found.id())
        .ifPresent(others -> recorded = recorded.withDuplicates(others));
    brake.seen(desired.account().fingerprint(), snapshot.metadata().getUid());
  }

  private AccountView service(DesiredInstance desired) {
    return new AccountView(instances, desired);
  }

  private void note(Action.Record record, DesiredInstance desired) {
    switch (record) {
      case Action.Intend(var intent, boolean fresh) -> {
        // An attempt that is only marked may have been made elsewhere.
        Optional<String> account = fresh ? Optional.empty() : recorded.account();
        recorded =
            recorded.intending(
                intent, account.or(() -> Optional.of(desired.account().fingerprint())));
        instance = Optional.empty();
        seen = seen.intending(fresh);
      }
      case Action.ForgetConfiguration _ ->
          recorded = recorded.withConfigurationHash(Optional.empty());
    }
  }

  private void act(Action.Mutation mutation, DesiredInstance desired) {
    if (!snapshot.deleting()) {
      resource.ensureFinalizer();
    }
    Set<DriftedField> drifted =
        instance
            .map(found -> DriftedField.since(resource.recordedBefore(), desired, found))
            .orElseGet(() -> EnumSet.noneOf(DriftedField.class));
    drifted.forEach(field -> resource.note(new Occurrence.DriftFound(field)));
    switch (mutation) {
      case Action.Create(var window) ->
          learn(instances.create(desired.account(), desired.definition(), window), desired, true);
      case Action.Replace(long id) -> {
        // Secrets are masked: what a replica with an old view sends would never be noticed.
        resource.assertCurrent();
        learn(
            completed(instances.replace(desired.account(), id, desired.definition())),
            desired,
            true);
      }
      case Action.Patch(long id, var name, var tags) ->
          learn(completed(instances.patch(desired.account(), id, name, tags)), desired, false);
      case Action.SetEnabled(long id, boolean enabled) -> {
        instances.setEnabled(desired.account(), id, enabled);
        learn(instance.orElseThrow().withDisabled(!enabled), desired, false);
      }
      case Action.Delete(var ids) -> ids.forEach(service(desired)::delete);
    }
    seen = seen.after(mutation);
    drifted.removeAll(instance.map(now -> DriftedField.between(desired, now)).orElse(Set.of()));
    drifted.forEach(field -> resource.note(new Occurrence.DriftRepaired(field)));
  }

  private RemoteInstance completed(RemoteInstance answer) {
    return instance.map(answer::following).orElse(answer);
  }

  private void learn(RemoteInstance answer, DesiredInstance desired, boolean configurationSent) {
    seen = seen.found(answer);
    accept(answer, desired);
    if (configurationSent) {
      recorded =
          recorded.withConfigurationHash(
              Optional.of(desired.configuration().fingerprint(answer.token())));
    }
  }

  private Verdict failed(Action action, RemoteFailure failure, DesiredInstance desired) {
    boolean nothingSent = !(action instanceof Action.Create) || failure.effect() == Effect.ABSENT;
    if (seen.intended() && nothingSent) {
      recorded = recorded.withoutIntent();
    }
    return verdict(failure, desired);
  }

  private Verdict verdict(RemoteFailure failure, DesiredInstance desired) {
    String account = desired.account().fingerprint();
    return snapshot.deleting()
        ? FailureVerdicts.ofDeletion(failure, account, clock.instant())
        : FailureVerdicts.of(failure, account, clock.instant());
  }
}
