package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstancePlanner;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Observation.Lookup;
import io.cloudelements.connectwise.instance.PlannerInput;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.time.Instant;
import java.util.Optional;

/** What a reconcile knows so far; it grows with every answer, and the planner decides by it. */
final class ReconcileState {
  private final Recorded before;
  private Recorded recorded;
  private Observation seen = Observation.NONE;
  private Optional<Long> missing = Optional.empty();
  private Optional<RemoteInstance> instance = Optional.empty();
  private Optional<String> sentConfiguration = Optional.empty();
  private Optional<CredentialsResult.Complete> credentials = Optional.empty();

  ReconcileState(Recorded before) {
    this.before = before;
    this.recorded = before;
  }

  /** The account is known from here on. */
  void use(CredentialsResult.Complete complete) {
    credentials = Optional.of(complete);
  }

  Optional<CredentialsResult.Complete> credentials() {
    return credentials;
  }

  /** A deletion may need them however this ended: the instance may be there already. */
  ReconcileEnd withCredentials(ReconcileEnd end) {
    return switch (end) {
      case ReconcileEnd.Queued queued -> queued;
      case ReconcileResult result -> credentials.map(result::with).orElse(result);
    };
  }

  /** What the status will say. */
  Recorded recorded() {
    return recorded;
  }

  /**
   * Without its account nothing can be delivered anew, so that a resource whose token Secret is
   * gone is not usable, however long that lasts.
   */
  void withoutAccount(ReconcileInput input) {
    boolean lost = recorded.tokenSecret().filter(name -> input.secret(name).isEmpty()).isPresent();
    if (lost && input.spec().accountRef().isPresent()) {
      recorded = recorded.withoutTokenSecret();
    }
  }

  /** What the service has shown. */
  Observation seen() {
    return seen;
  }

  /** The instance that this resource may use: the planner has accepted it and went on. */
  Optional<RemoteInstance> instance() {
    return instance;
  }

  /** What the planner decides by. */
  PlannerInput plannerInput(
      DesiredInstance desired, ProvisioningWindow window, boolean recreationHeld, Instant now) {
    return new PlannerInput(desired, recorded, seen, window, recreationHeld, now);
  }

  void see(Observation now) {
    seen = now;
    if (now.byId() instanceof Lookup.Missing(long id)) {
      missing = Optional.of(id);
    }
  }

  /** The instance that the service answered 404 for last. */
  Optional<Long> missing() {
    return missing;
  }

  /**
   * The instance that this resource had in this account, and the account no longer has. An id that
   * a spec merely names, or that was seen in another account, shows no loss.
   */
  Optional<Long> lost(DesiredInstance desired) {
    boolean had = recorded.account().filter(desired.account()::isKnownAs).isPresent();
    return seen.gone().filter(id -> had && recorded.instanceId().equals(Optional.of(id)));
  }

  /** Where the instance shows again. */
  void endHold(DesiredInstance desired) {
    recorded = recorded.withoutHoldIfShown(seen, desired.account());
  }

  void accept(RemoteInstance found, DesiredInstance desired) {
    instance = Optional.of(found);
    recorded = recorded.seen(found, desired);
    if (sentConfiguration.isPresent()) {
      recorded = recorded.withConfigurationHash(sentConfiguration);
    }
    InstancePlanner.duplicates(seen, found.id())
        .ifPresent(others -> recorded = recorded.withDuplicates(others));
  }

  /** What a change was answered with; the planner decides whether it may be recorded. */
  void learn(RemoteInstance answer, DesiredInstance desired, boolean configurationSent) {
    seen = seen.found(completed(answer));
    if (configurationSent) {
      sentConfiguration = Optional.of(desired.configuration().fingerprint(answer.token()));
      recorded = recorded.withConfigurationHash(sentConfiguration);
    }
  }

  /** An answer, with what it leaves out and an earlier one has shown. */
  private RemoteInstance completed(RemoteInstance answer) {
    return seen.byId() instanceof Lookup.Found(RemoteInstance earlier)
        ? answer.following(earlier)
        : answer;
  }

  /**
   * An action failed. Where what this reconcile recorded last has certainly had no effect, it is
   * taken back; what an earlier one sent may have had one. A deletion that was sent is held no
   * more.
   */
  void failed(Action action, RemoteFailure failure) {
    if (action instanceof Action.Delete) {
      recorded = recorded.withoutHold();
    }
    boolean sent = action instanceof Action.Create || action instanceof Action.Adopt;
    boolean mayHaveEffect = seen.done().isPresent() || (sent && failure.effect() != Effect.NONE);
    if (seen.intentRecorded() && !mayHaveEffect) {
      recorded = recorded.withoutIntent().withAdoption(before.adoption());
    }
  }

  void note(Action.Record record, DesiredInstance desired) {
    switch (record) {
      case Action.BeginAdoption(Adoption.Open adoption) -> {
        recorded = recorded.adopting(adoption, desired.account().fingerprint());
        seen = seen.adopting();
      }
      case Action.RecordIntent(var intent, boolean fresh) -> {
        // An attempt that is only marked may have been made elsewhere.
        Optional<String> account = fresh ? Optional.empty() : recorded.account();
        recorded =
            recorded.withIntent(
                intent, account.or(() -> Optional.of(desired.account().fingerprint())));
        if (fresh) {
          // The named instance has been given up for the one that is made now.
          recorded = recorded.withAdoption(desired.adoptInstanceId().map(Adoption.Completed::new));
        }
        instance = Optional.empty();
        seen = seen.withIntent(fresh);
      }
      case Action.ForgetConfiguration _ ->
          recorded = recorded.withConfigurationHash(Optional.empty());
    }
  }
}
