package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings one resource one pass further: gather has happened, then observe, plan, act, deliver,
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
  private final ClusterWrites cluster;
  private final ReconcileSettings settings;
  private final RecreationGuard guard;
  private final InstantSource clock;

  public Reconciliation(
      InstancesApi instances,
      ClusterWrites cluster,
      ReconcileSettings settings,
      RecreationGuard guard,
      InstantSource clock) {
    this.instances = instances;
    this.cluster = cluster;
    this.settings = settings;
    this.guard = guard;
    this.clock = clock;
  }

  /**
   * One pass. A failure of the service, and of a write to the cluster, is part of the result; one
   * of a read of the cluster is thrown.
   */
  public ReconcileResult run(ReconcileInput input) {
    try {
      return new ReconcileRun(input, instances, cluster, settings, guard, clock).run();
    } catch (ClusterConflict conflict) {
      return ReconcileResult.conflict(input);
    }
  }

  /**
   * Says of a resource that has said nothing yet that others come first.
   *
   * @param input its Secrets need not have been read
   * @return whether there was something to say, and it was said
   */
  public boolean waits(ReconcileInput input) {
    boolean silent =
        StatusReader.status(input.resource()).isEmpty()
            && !input.deleting()
            && !input.hasFinalizer();
    GuardedResource resource = new GuardedResource(input, cluster, settings, clock);
    try {
      if (silent) {
        resource.writeStatus(
            Prerequisites.waiting(
                input.spec().policy().orElse(ManagementPolicy.MANAGE),
                "those with the same credentials"),
            resource.recordedBefore());
      }
      return silent;
    } catch (ClusterConflict | ClusterWriteException e) {
      // The pass itself tells when its turn comes.
      return false;
    }
  }

  /**
   * Reports that a pass failed by a defect of this operator, which says nothing about the instance.
   *
   * @param input read after the failure, since the pass may have written before it
   */
  public ReconcileResult unexpected(ReconcileInput input) {
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
