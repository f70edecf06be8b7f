package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.CloudElementsConnection;
import io.cloudelements.connectwise.OperatorMain;
import io.cloudelements.connectwise.SettingsMapping;
import io.cloudelements.connectwise.SteadyClock;
import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.ops.BuildInfo;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** The services of the operator, for commands that run without one. */
record StandaloneServices(BuildInfo build) implements OperatorServices {
  @Override
  public ConfigResult settings() {
    try {
      return OperatorConfig.fromEnvironment(System.getenv(), OperatorMain.environment());
    } catch (IOException e) {
      throw new UncheckedIOException("the pod's namespace cannot be read", e);
    }
  }

  @Override
  public ReconcileSettings reconcileSettings(OperatorConfig config, String clusterName) {
    return SettingsMapping.reconcileSettings(config, clusterName);
  }

  @Override
  public <T> T calling(OperatorConfig config, Function<InstancesApi, T> work) {
    Vertx vertx = Vertx.vertx();
    MeterRegistry meters = new SimpleMeterRegistry();
    try (CloudElementsConnection remote =
        CloudElementsConnection.connect(
            vertx, config.remote(), build.userAgent(), meters, AuditTrail.calls())) {
      return work.apply(new AuditTrail(meters, SteadyClock.start()).around(remote.instances()));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Override
  public <T> T inCluster(ClusterOptions which, Function<UserCluster, T> work) {
    try (KubernetesUserCluster cluster =
        KubernetesUserCluster.open(which, "kubectl-cwi/" + build.version())) {
      return work.apply(cluster);
    }
  }

  @Override
  public String version() {
    return build.toString();
  }
}
