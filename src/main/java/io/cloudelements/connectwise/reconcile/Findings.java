package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstancePlanner;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.Optional;

/** What a pass knows so far; it grows with every answer, and the planner decides by it. */
final class Findings {
  private Recorded recorded;
  private Observation seen = Observation.NONE;
  private Optional<RemoteInstance> instance = Optional.empty();

  Findings(Recorded recorded) {
    this.recorded = recorded;
  }

  /** What the status will say. */
  Recorded recorded() {
    return recorded;
  }

  /** What the service has shown. */
  Observation seen() {
    return seen;
  }

  /** The instance that this resource may use: the planner has looked at it and went on. */
  Optional<RemoteInstance> instance() {
    return instance;
  }

  void record(Recorded now) {
    recorded = now;
  }

  void see(Observation now) {
    seen = now;
  }

  void accept(RemoteInstance found, DesiredInstance desired) {
    instance = Optional.of(found);
    recorded = recorded.seen(found, desired);
    InstancePlanner.duplicates(seen, found.id())
        .ifPresent(others -> recorded = recorded.withDuplicates(others));
  }

  /** What a change was answered with. */
  void learn(RemoteInstance answer, DesiredInstance desired, boolean configurationSent) {
    seen = seen.found(answer);
    accept(answer, desired);
    if (configurationSent) {
      recorded =
          recorded.withConfigurationHash(
              Optional.of(desired.configuration().fingerprint(answer.token())));
    }
  }

  /** An answer, with what it leaves out and an earlier one has shown. */
  RemoteInstance completed(RemoteInstance answer) {
    return instance.map(answer::following).orElse(answer);
  }

  void note(Action.Record record, DesiredInstance desired) {
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
}
