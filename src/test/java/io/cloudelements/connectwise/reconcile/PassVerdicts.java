package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.Verdict;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The verdicts of a pass before and beside the planner's, for the documents. */
public final class PassVerdicts {
  private PassVerdicts() {}

  public static Verdict prerequisite(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    return Prerequisites.verdict(snapshot(resource, secrets)).orElseThrow();
  }

  public static Verdict crdIsBeingDeleted(ConnectWiseInstance resource) {
    return Prerequisites.verdict(snapshot(resource, Map.of()).with(CrdState.BEING_DELETED))
        .orElseThrow();
  }

  public static Verdict provisioning(Instant startedAt) {
    return Prerequisites.announcing(new Action.Intend(new Intent(1, startedAt), true), false);
  }

  public static Verdict planned(ConnectWiseInstance resource, DesiredInstance desired) {
    return new Plan(snapshot(resource, Map.of()), desired).verdict();
  }

  public static List<String> plan(ConnectWiseInstance resource, DesiredInstance desired) {
    return new Plan(snapshot(resource, Map.of()), desired)
        .lines(new Action.Create(SendWindow.ALWAYS), Optional.empty());
  }

  public static Verdict unwritten(
      ClusterWriteFailure.WriteKind write, String serversWords, Reason reason) {
    return new ClusterWriteFailure(write, 403, serversWords).verdict(reason);
  }

  public static Verdict waiting(ConnectWiseInstance resource, Verdict cause, Instant now) {
    return SecretGracePeriod.applied(cause, snapshot(resource, Map.of()), now);
  }

  public static Verdict unexpected() {
    return InstanceReconciliation.UNEXPECTED;
  }

  private static Snapshot snapshot(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    return new Snapshot(resource, secrets, Optional.empty(), 0, Optional.empty());
  }
}
