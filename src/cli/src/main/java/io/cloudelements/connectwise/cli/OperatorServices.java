package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import java.util.function.Function;

/** What the commands borrow from the operator, so that both say and do the same. */
public interface OperatorServices {
  /** The settings of the environment, which mean what they mean to the operator. */
  ConfigResult settings();

  ReconcileSettings reconcileSettings(OperatorConfig config, String clusterName);

  /** Connects to the service, and disconnects when the work is done. */
  <T> T calling(OperatorConfig config, Function<InstancesApi, T> work);

  /** What was built. */
  String version();
}
