package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.platform.InstancesApi;
import java.time.InstantSource;

/**
 * Brings one resource one pass further: gather has happened, then observe, plan, act, deliver,
 * report. It knows no framework, so the whole protocol runs in memory under every crash and every
 * fault.
 */
public final class InstanceReconciliation {
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

  /** One pass. A failure of the service is part of the result; one of the cluster is thrown. */
  public PassResult run(Snapshot snapshot) {
    try {
      return new Pass(snapshot, instances, cluster, settings, brake, clock).run();
    } catch (ClusterConflict conflict) {
      return PassResult.overtaken(snapshot.failures());
    }
  }
}
