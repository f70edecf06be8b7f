package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ReconcileInput;

/** A way in which the protocol differs from the production code, made of what is around it. */
interface Variant {
  /** The production code, as it is. */
  Variant NONE = new Variant() {};

  default InstancesApi instances(InstancesApi port, World world) {
    return port;
  }

  default ClusterWrites cluster(ClusterWrites port, World world) {
    return port;
  }

  default ReconcileInput input(ReconcileInput gathered) {
    return gathered;
  }
}
