package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a reconcile has to say.
 *
 * @param recorded everything known now; what it leaves out disappears from the status
 * @param plan what {@code Manage} would do, only under {@code managementPolicy: Plan}
 * @param requestedAt the handled value of {@code cloudelements.io/reconcile-requested-at}
 * @param mode of the operator
 * @param nextCheckAt when the next reconcile is due; empty: at once, or only after an event
 */
public record StatusReport(
    Outcome outcome,
    Recorded recorded,
    List<String> plan,
    Optional<String> requestedAt,
    ManagementPolicy mode,
    Optional<Instant> nextCheckAt) {
  public StatusReport {
    plan = List.copyOf(plan);
  }

  /** By an operator that manages, and says nothing of the next check. */
  public StatusReport(
      Outcome outcome, Recorded recorded, List<String> plan, Optional<String> requestedAt) {
    this(outcome, recorded, plan, requestedAt, ManagementPolicy.MANAGE, Optional.empty());
  }
}
