package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DeletionPlanner;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstancePlanner;
import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.PlannerInput;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Selects the next action, which is carried out or only told: what the planner says, unless the
 * token Secret or the other resources of the account stand against it. Remembers the instance that
 * was read, unless the action refuses it.
 */
final class ActionSelector {
  private final ReconcileInput input;
  private final ReconcileState state;
  private final ReconcileSettings settings;
  private final FleetGuards guards;
  private final InstantSource clock;
  private boolean secretTakenUp;

  ActionSelector(
      ReconcileInput input,
      ReconcileState state,
      ReconcileSettings settings,
      FleetGuards guards,
      InstantSource clock) {
    this.input = input;
    this.state = state;
    this.settings = settings;
    this.guards = guards;
    this.clock = clock;
  }

  /**
   * Remembers the instance that was read if the resource may use it, and the action is no failure;
   * nothing at a deletion.
   */
  Action selectAndRemember(DesiredInstance desired) {
    PlannerInput plannerInput = plannerInput(desired);
    if (input.deleting()) {
      return guards.deletions().before(DeletionPlanner.plan(plannerInput), input, plannerInput);
    }
    state.endHold(desired);
    Action planned = InstancePlanner.plan(plannerInput);
    if (secretTakenUp) {
      return admitted(planned, plannerInput);
    }
    TokenSecretClaim claim = tokenSecret(plannerInput);
    Action admitted = admitted(claim.before(planned, state.seen()), plannerInput);
    return claim.takingUp(admitted, state.seen());
  }

  /** Whether an old view of the resource may lack the status that holds this change. */
  boolean needsRecordedHold(Action.Mutation mutation) {
    return mutation instanceof Action.Delete && guards.deletions().isOn();
  }

  private Action admitted(Action planned, PlannerInput plannerInput) {
    Action action = guards.quota().before(planned, input, clock.instant());
    boolean refused =
        action instanceof Action.Finish(Outcome outcome) && outcome.reason().kind().failed();
    if (!refused) {
      remember(plannerInput);
    }
    return action;
  }

  /** Later actions are decided as if the Secret were taken up. */
  void imagineSecretTakenUp() {
    secretTakenUp = true;
  }

  private TokenSecretClaim tokenSecret(PlannerInput now) {
    boolean usable =
        now.seen().byId() instanceof Lookup.Found(RemoteInstance found)
            && InstancePlanner.mayUse(now, found);
    return new TokenSecretClaim(input, state.missing(), usable);
  }

  /** Remembers the instance that was read, if the resource may use it. */
  void remember(DesiredInstance desired) {
    remember(plannerInput(desired));
  }

  private void remember(PlannerInput plannerInput) {
    if (plannerInput.seen().byId() instanceof Lookup.Found(RemoteInstance found)
        && InstancePlanner.mayUse(plannerInput, found)) {
      state.accept(found, plannerInput.desired());
      guards.recreation().seen(plannerInput.desired().account().fingerprint(), found.id());
    }
  }

  private PlannerInput plannerInput(DesiredInstance desired) {
    Instant now = clock.instant();
    String account = desired.account().fingerprint();
    boolean held =
        state
            .lost(desired)
            .filter(id -> !input.deleting() && guards.recreation().holds(account, id, now))
            .isPresent();
    return state.plannerInput(desired, settings.window(), held, now);
  }
}
