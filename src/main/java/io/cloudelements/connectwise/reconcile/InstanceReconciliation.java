package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Verdict;
import io.cloudelements.connectwise.platform.InstancesApi;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings one resource one pass further: gather has happened, then observe, plan, act, deliver,
 * report. It knows no framework, so the whole protocol runs in memory under every crash and every
 * fault.
 */
public final class InstanceReconciliation {
  /** Says nothing about the instance. */
  static final Verdict UNEXPECTED =
      Verdict.of(
          Reason.INTERNAL_ERROR,
          "The operator failed unexpectedly and tries again; its log has the stack trace under"
              + " this resource's name. Please report it.");

  private final InstancesApi instances;
  private final ClusterWrites cluster;
  private final PassSettings settings;
  private final RecreationBrake brake;
  private final InstantSource clock;

  public InstanceReconciliation(
      InstancesApi instances,
      ClusterWrites cluster,
      PassSettings settings,
      RecreationBrake brake,
      InstantSource clock) {
    this.instances = instances;
    this.cluster = cluster;
    this.settings = settings;
    this.brake = brake;
    this.clock = clock;
  }

  /**
   * One pass. A failure of the service, and of a write to the cluster, is part of the result; one
   * of a read of the cluster is thrown.
   */
  public PassResult run(Snapshot snapshot) {
    try {
      return new Pass(snapshot, instances, cluster, settings, brake, clock).run();
    } catch (ClusterConflict conflict) {
      return PassResult.overtaken(snapshot);
    }
  }

  /**
   * Says of a resource that has said nothing yet that others come first.
   *
   * @param snapshot its Secrets need not have been read
   * @return whether there was something to say, and it was said
   */
  public boolean waits(Snapshot snapshot) {
    boolean silent =
        snapshot.resource().getStatus() == null && !snapshot.deleting() && !snapshot.hasFinalizer();
    GuardedResource resource = new GuardedResource(snapshot, cluster, settings, clock);
    try {
      if (silent) {
        resource.writeStatus(
            Prerequisites.waiting(
                Wish.policy(snapshot.resource().getSpec()).orElse(ManagementPolicy.MANAGE),
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
   * @param snapshot read after the failure, since the pass may have written before it
   */
  public PassResult unexpected(Snapshot snapshot) {
    GuardedResource resource = new GuardedResource(snapshot, cluster, settings, clock);
    try {
      return resource.end(UNEXPECTED, resource.recordedOrLost(), Observation.NONE, List.of());
    } catch (ClusterConflict conflict) {
      return PassResult.overtaken(snapshot);
    } catch (ClusterWriteException e) {
      return resource.unwritten(e.failure(), Optional.empty());
    }
  }
}
