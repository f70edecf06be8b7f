package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import java.time.InstantSource;
import java.util.function.Function;

/** What the commands borrow from the operator, so that both say and do the same. */
public interface OperatorServices {
  /** The settings of the environment, which mean what they mean to the operator. */
  ConfigResult settings();

  /**
   * The settings, when they are right.
   *
   * @throws CommandFailure they are wrong, with the words of the operator's own start
   */
  default OperatorConfig config() {
    return switch (settings()) {
      case ConfigResult.Valid(OperatorConfig config) -> config;
      case ConfigResult.Invalid(var errors) ->
          throw CommandFailure.usage(
              errors.stream().map(error -> error.variable() + ": " + error.message()).toList());
    };
  }

  ReconcileSettings reconcileSettings(OperatorConfig config, String clusterName);

  /**
   * Connects to the service, and disconnects when the work is done. Each call that changes
   * something is told by an audit line.
   */
  <T> T calling(OperatorConfig config, Function<InstancesApi, T> work);

  /** Opens the cluster with the person's own rights, and closes it when the work is done. */
  <T> T inCluster(ClusterOptions which, Function<UserCluster, T> work);

  /** For ages. */
  default InstantSource clock() {
    return InstantSource.system();
  }

  /** What was built. */
  String version();
}
