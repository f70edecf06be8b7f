package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings one resource one reconcile further: gather has happened, then observe, plan, act, deliver,
 * report. It knows no framework, so the whole protocol runs in memory under every crash and every
 * fault.
 */
public final class Reconciliation {
  /** Says nothing about the instance. */
  static final Outcome UNEXPECTED =
      Outcome.of(
          Reason.INTERNAL_ERROR,
          "The operator failed unexpectedly and tries again; its log has the stack trace under"
              + " this resource's name. Please report it.");

  private final InstancesApi instances;
  private final CallPermits permits;
  private final ClusterWrites cluster;
  private final ReconcileSettings settings;
  private final FleetGuards guards;
  private final InstantSource clock;

  public Reconciliation(
      InstancesApi instances,
      CallPermits permits,
      ClusterWrites cluster,
      ReconcileSettings settings,
      FleetGuards guards,
      InstantSource clock) {
    this.instances = instances;
    this.permits = permits;
    this.cluster = cluster;
    this.settings = settings;
    this.guards = guards;
    this.clock = clock;
  }

  /**
   * One reconcile. A failure of the service or of the cluster is part of the result.
   *
   * @throws ReconcileDefect for anything else that fails
   */
  public ReconcileEnd run(ReconcileInput input) {
    return new ReconcileRun(
            input.in(settings.mode()), instances, permits, cluster, settings, guards, clock)
        .run();
  }

  /**
   * How urgent the calls are that the resource itself shows to be made.
   *
   * @param unread without Secrets
   * @return empty: only the Secrets show whether there is anything to call
   */
  public Optional<Priority> priorityOfCalls(ReconcileInput unread) {
    return PriorityClassifier.ofCalls(unread.in(settings.mode()));
  }

  /**
   * Writes in a status that is still empty that the resource is queued: kstatus treats an empty
   * status as finished.
   *
   * @param unread without Secrets
   * @return why the API server did not take it: the reconcile reports when it has its permit
   */
  public Optional<ClusterWriteFailure> announceQueued(ReconcileInput unread, AccountKey account) {
    ReconcileInput input = unread.in(settings.mode());
    boolean silent =
        StatusReader.status(input.resource()).isEmpty()
            && !input.deleting()
            && !input.hasFinalizer();
    GuardedResource resource = new GuardedResource(input, cluster, settings, clock);
    try {
      if (silent) {
        resource.writeStatus(
            ProgressOutcomes.queued(
                input.policy().orElse(ManagementPolicy.MANAGE), account.fingerprint()),
            resource.recordedBefore());
      }
      return Optional.empty();
    } catch (ClusterConflict changed) {
      return Optional.empty();
    } catch (ClusterWriteException e) {
      return Optional.of(e.failure());
    }
  }

  /**
   * Reports that a reconcile failed by a defect of this operator, which says nothing about the
   * instance.
   *
   * @param latest read after the failure, since the reconcile may have written before it
   */
  public ReconcileResult unexpected(ReconcileInput latest) {
    ReconcileInput input = latest.in(settings.mode());
    GuardedResource resource = new GuardedResource(input, cluster, settings, clock);
    try {
      return resource.end(UNEXPECTED, resource.recordedOrLost(), Observation.NONE, List.of());
    } catch (ClusterConflict conflict) {
      return ReconcileResult.conflict(input);
    } catch (ClusterWriteException e) {
      return resource.unwritten(e.failure(), Optional.empty());
    }
  }
}
