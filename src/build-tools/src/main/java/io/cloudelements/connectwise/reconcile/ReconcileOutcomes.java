package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SendWindow;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outcomes of a reconcile before and beside the planner's, for the documents. */
public final class ReconcileOutcomes {
  private ReconcileOutcomes() {}

  public static Outcome prerequisite(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    return Prerequisites.outcome(input(resource, secrets), Recorded.NOTHING).orElseThrow();
  }

  public static Outcome crdIsBeingDeleted(ConnectWiseInstance resource) {
    return Prerequisites.outcome(
            input(resource, Map.of()).with(CrdState.BEING_DELETED), Recorded.NOTHING)
        .orElseThrow();
  }

  /** In an account that gives applications no secrets. */
  public static Outcome templateRefused(ConnectWiseInstance resource) {
    return TemplateCheck.withoutSecrets(SpecDefaults.of(resource).tokenSecret(), Optional.empty())
        .orElseThrow();
  }

  public static Outcome provisioning(Instant startedAt) {
    return ProgressOutcomes.announcing(
        new Action.RecordIntent(new Intent(1, startedAt), true), false);
  }

  public static Outcome planned(ConnectWiseInstance resource, DesiredInstance desired) {
    return new Preview(input(resource, Map.of()), desired).outcome();
  }

  public static List<String> plan(ConnectWiseInstance resource, DesiredInstance desired) {
    return new Preview(input(resource, Map.of()), desired)
        .lines(new Action.Create(SendWindow.ALWAYS), Optional.empty());
  }

  public static Outcome unwritten(
      ClusterWriteFailure.WriteKind write, String serversWords, Reason reason) {
    return new ClusterWriteFailure(write, 403, serversWords).outcome(reason);
  }

  public static Outcome waiting(ConnectWiseInstance resource, Outcome cause, Instant now) {
    return SecretGracePeriod.applied(cause, input(resource, Map.of()), now);
  }

  public static Outcome inTheWay(ConnectWiseInstance resource, AccountSource account) {
    return AccountOutcomes.inTheWay(input(resource, Map.of()).with(account)).orElseThrow();
  }

  public static Outcome quotaReached(ResourceId account, int most) {
    return AccountOutcomes.quotaReached(
        account.toString(), most, most, "spec.limits.instancesPerNamespace");
  }

  public static Outcome unexpected() {
    return Reconciliation.UNEXPECTED;
  }

  private static ReconcileInput input(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    return new ReconcileInput(resource, secrets);
  }
}
