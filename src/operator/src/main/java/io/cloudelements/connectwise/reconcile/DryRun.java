package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Set;

/** What a reconcile makes of a manifest before it asks the service anything. */
public sealed interface DryRun {
  /** The reconcile would go on, and this is what it wants. */
  record Wanted(DesiredInstance desired) implements DryRun {}

  /** The reconcile would end here. */
  record Blocked(Outcome outcome) implements DryRun {}

  /**
   * @param secrets all that the resource refers to and that exist, by name
   */
  static DryRun of(
      ConnectWiseInstance resource, Map<String, Secret> secrets, ReconcileSettings settings) {
    ReconcileInput input = new ReconcileInput(resource, secrets);
    return switch (new DesiredResolver(settings).resolve(input)) {
      case DesiredResolver.Resolution.Resolved(var desired, var _) -> new Wanted(desired);
      case DesiredResolver.Resolution.Blocked(var outcome) -> new Blocked(outcome);
    };
  }

  /** The Secrets that must exist before the operator does anything: credentials and account. */
  static Set<String> inputs(ConnectWiseInstance resource) {
    return ReconcileInput.credentialsNames(resource);
  }
}
