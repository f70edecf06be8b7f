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
  private final Findings findings;
  private boolean failedByService;
  private Optional<Conclusion> conclusion = Optional.empty();

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
    this.findings = new Findings(resource.recordedOrLost());
  }

  PassResult run() {
    try {
      return attempt();
    } catch (ClusterWriteException e) {
      return resource.unwritten(e.failure(), conclusion);
    }
  }

  private PassResult attempt() {
    if (snapshot.deleting() && !snapshot.hasFinalizer()) {
      return PassResult.finished(Reason.DELETED);
    }
    if (snapshot.deleting() && findings.recorded().nothingMade()) {
      return end(Prerequisites.nothingMade());
    }
    Optional<Verdict> early = Prerequisites.verdict(snapshot);
    if (early.isPresent()) {
      return end(early.get());
    }
    return switch (new DesiredResolver(settings).resolve(snapshot)) {
      case DesiredResolver.Resolution.Blocked(Verdict verdict) ->
          end(
              snapshot.deleting()
                  ? Prerequisites.deletionBlocked(verdict)
                  : SecretGracePeriod.applied(verdict, snapshot, clock.instant()));
      case DesiredResolver.Resolution.Resolved(DesiredInstance desired, var credentials) ->
          towards(desired).with(credentials).awaitingService(failedByService);
    };
  }

  private PassResult towards(DesiredInstance desired) {
    conclusion = snapshot.unwritten().flatMap(last -> last.conclusionFor(snapshot, desired));
    if (conclusion.isPresent()) {
      return resource.conclude(conclusion.get());
    }
    resource.repeatRefused(findings.recorded());
    if (!snapshot.lookIsDue() && Convergence.holds(snapshot, desired, findings.recorded())) {
      return resource.rest();
    }
    Lane lane = Occasion.lane(snapshot, findings.recorded(), desired);
    boolean asked = lane == Lane.CHANGES;
    try {
      return desired.policy() == ManagementPolicy.PLAN
          ? inTurn(desired, lane, first -> preview(first, desired)).asked(asked)
          : manage(inTurn(desired, lane, first -> carryOut(first, desired)), desired).asked(asked);
    } catch (InstancesApiException turnedAway) {
      Verdict verdict = verdict(turnedAway.failure(), desired);
      return resource.turnedAway(turnedAway.failure(), verdict, findings.recorded()).asked(asked);
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
    if (findings.recorded().blank() && !snapshot.deleting()) {
      resource.writeStatus(
          Prerequisites.waiting(
              desired.policy(), "the calls to account " + desired.account().fingerprint()),
          findings.recorded());
    }
  }

  private PassResult manage(Verdict verdict, DesiredInstance desired) {
    Conclusion reached =
        new Conclusion(
            desired, verdict, findings.recorded(), findings.seen(), findings.instance(), false);
    conclusion = Optional.of(reached);
    return resource.conclude(reached);
  }

  private PassResult end(Verdict verdict) {
    return resource.end(verdict, findings.recorded(), findings.seen(), List.of());
  }

  private Verdict carryOut(Action first, DesiredInstance desired) {
    Action action = first;
    while (true) {
      try {
        switch (action) {
          case Action.Settle(Verdict verdict) -> {
            return verdict;
          }
          case Action.Read read -> findings.see(service(desired).read(read, findings.seen()));
          case Action.ProveGone(long id) ->
              findings.see(service(desired).proveGone(id, findings.seen()));
          case Action.Record record -> {
            findings.note(record, desired);
            resource.ensureFinalizer();
            write(record);
          }
          case Action.Mutation mutation -> act(mutation, desired);
        }
        action = next(desired);
      } catch (InstancesApiException e) {
        return failed(action, e.failure(), desired);
      }
    }
  }

  private void write(Action.Record record) {
    Verdict announced = Prerequisites.announcing(record, snapshot.deleting());
    switch (record) {
      case Action.Intend _, Action.BeginAdoption _ ->
          resource.writeIntent(announced, findings.recorded());
      case Action.ForgetConfiguration _ -> resource.writeStatus(announced, findings.recorded());
    }
  }

  /**
   * As far as reads go, with records only imagined; what would be changed next is put into words.
   */
  private PassResult preview(Action first, DesiredInstance desired) {
    Recorded before = findings.recorded();
    Plan plan = new Plan(snapshot, desired);
    Optional<Long> gone = Optional.empty();
    Action action = first;
    while (true) {
      try {
        switch (action) {
          case Action.Settle(Verdict verdict) -> {
            return resource.end(
                plan.verdict(verdict),
                before,
                Observation.NONE,
                plan.afterwards(findings.instance()));
          }
          case Action.Read read -> findings.see(service(desired).read(read, findings.seen()));
          case Action.ProveGone(long id) -> {
            findings.see(findings.seen().provenMissing(id));
            gone = Optional.of(id);
          }
          case Action.Record record -> findings.note(record, desired);
          case Action.Mutation mutation -> {
            return resource.end(
                gone.map(plan::verdictOfGone).orElseGet(plan::verdict),
                before,
                Observation.NONE,
                plan.lines(mutation, findings.instance()));
          }
        }
        action = next(desired);
      } catch (InstancesApiException e) {
        Verdict verdict = verdict(e.failure(), desired);
        return resource.end(verdict, before, Observation.NONE, List.of());
      }
    }
  }

  /** The planner's next action; the instance that it may go on with is remembered. */
  private Action next(DesiredInstance desired) {
    Situation situation = situation(desired);
    if (snapshot.deleting()) {
      return DeletionPlanner.plan(situation);
    }
    Action action =
        new TokenSecretClaim(snapshot).before(InstancePlanner.plan(situation), findings.seen());
    boolean refused =
        action instanceof Action.Settle(Verdict verdict)
            && (verdict.reason().kind() == Reason.Kind.STALLED
                || verdict.reason().kind() == Reason.Kind.RETRYING);
    if (!refused) {
      remember(situation);
    }
    return action;
  }

  private void remember(Situation situation) {
    if (situation.seen().byId() instanceof Lookup.Found(RemoteInstance found)
        && InstancePlanner.mayUse(situation, found)) {
      findings.accept(found, situation.desired());
      brake.seen(situation.desired().account().fingerprint(), snapshot.metadata().getUid());
    }
  }

  private Situation situation(DesiredInstance desired) {
    String account = desired.account().fingerprint();
    return new Situation(
        desired,
        findings.recorded(),
        findings.seen(),
        settings.window(),
        findings.seen().gone()
            && brake.holds(account, snapshot.metadata().getUid(), clock.instant()),
        clock.instant());
  }

  private AccountView service(DesiredInstance desired) {
    return new AccountView(instances, desired);
  }

  private void act(Action.Mutation mutation, DesiredInstance desired) {
    if (!snapshot.deleting()) {
      resource.ensureFinalizer();
    }
    Set<DriftedField> drifted =
        findings
            .instance()
            .map(found -> DriftedField.since(resource.recordedBefore(), desired, found))
            .orElseGet(() -> EnumSet.noneOf(DriftedField.class));
    drifted.forEach(field -> resource.note(new Occurrence.DriftFound(field)));
    if (mutation.configures()) {
      // Secrets are masked: what a replica with an old view sends would never be noticed.
      resource.assertCurrent();
    }
    service(desired)
        .change(mutation, findings.instance())
        .ifPresent(answer -> findings.learn(answer, desired, mutation.configures()));
    findings.see(findings.seen().after(mutation));
    if (!snapshot.deleting()) {
      remember(situation(desired));
    }
    drifted.removeAll(
        findings.instance().map(now -> DriftedField.between(desired, now)).orElse(Set.of()));
    drifted.forEach(field -> resource.note(new Occurrence.DriftRepaired(field)));
  }

  private Verdict failed(Action action, RemoteFailure failure, DesiredInstance desired) {
    boolean sent = action instanceof Action.Create || action instanceof Action.Adopt;
    if (findings.seen().intended() && !(sent && failure.effect() != Effect.ABSENT)) {
      findings.sentNothing();
    }
    return verdict(failure, desired);
  }

  private Verdict verdict(RemoteFailure failure, DesiredInstance desired) {
    String account = desired.account().fingerprint();
    failedByService = failure.isOfService();
    return snapshot.deleting()
        ? FailureVerdicts.ofDeletion(failure, account, clock.instant())
        : FailureVerdicts.of(failure, account, clock.instant());
  }
}
