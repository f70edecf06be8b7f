package io.cloudelements.connectwise;

import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.controller.InstanceController;
import io.cloudelements.connectwise.controller.Leadership;
import io.cloudelements.connectwise.controller.NamespaceLabels;
import io.cloudelements.connectwise.controller.RecoveryEvents;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.ops.Readiness;
import java.time.Duration;
import java.util.Optional;

/** The parts of a running operator, and the order in which they end. */
record RunningOperator(
    Leadership leadership,
    InstanceController controller,
    RecoveryEvents recoveries,
    NamespaceLabels namespaces)
    implements AutoCloseable {
  /** The page {@code /orphans}, which also says why it may be empty. */
  static OrphanReport orphanReport(OperatorConfig config) {
    if (config.drift().orphanScanInterval().isPresent()) {
      return new OrphanReport(Optional.empty());
    }
    return new OrphanReport(
        Optional.of(
            config.watch().isWholeCluster()
                ? "ORPHAN_SCAN_INTERVAL is 0"
                : "this operator watches a part of the cluster, so that it cannot know which"
                    + " instances have a resource elsewhere"));
  }

  void start() {
    controller.start();
  }

  /**
   * @param watchSilence since the last event or bookmark
   * @param mode what the operator may do at most
   */
  Readiness readiness(Duration watchSilence, ManagementPolicy mode) {
    return new Readiness(controller.isSynced(), leadership.role(), watchSilence, mode);
  }

  /** The Lease is kept until the last reconcile has ended, and then given up at once. */
  @Override
  public void close() {
    controller.stop();
    namespaces.close();
    leadership.close();
  }
}
