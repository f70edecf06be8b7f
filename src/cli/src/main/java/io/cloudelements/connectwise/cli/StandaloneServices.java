package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.cli.CommandLineTool;
import io.cloudelements.connectwise.cli.OperatorServices;
import io.cloudelements.connectwise.cli.Terminal;
import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.LogFormat;
import io.cloudelements.connectwise.config.LogLevel;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.ops.BuildInfo;
import io.cloudelements.connectwise.ops.Logging;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The operator's parts, for commands. */
record StandaloneServices(BuildInfo build) implements OperatorServices {
  /** Set by the launcher when standard error is a terminal, which the JDK cannot tell. */
  private static final String TERMINAL = "connectwise.terminal";

  /** Runs a command and returns the exit code. */
  static int run(String[] arguments) {
    Logging.start(LogFormat.TEXT, LogLevel.ERROR);
    try (PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8)) {
      return CommandLineTool.run(
          new StandaloneServices(BuildInfo.load()),
          new Terminal(System.in, out, err, Boolean.getBoolean(TERMINAL)),
          arguments);
    }
  }

  @Override
  public ConfigResult settings() {
    try {
      return OperatorConfig.fromEnvironment(System.getenv(), OperatorMain.surroundings());
    } catch (IOException e) {
      throw new UncheckedIOException("the pod's namespace cannot be read", e);
    }
  }

  @Override
  public ReconcileSettings reconcileSettings(OperatorConfig config, String clusterName) {
    return CloudElementsConnection.reconcileSettings(config, clusterName);
  }

  @Override
  public <T> T calling(OperatorConfig config, Function<InstancesApi, T> work) {
    Vertx vertx = Vertx.vertx();
    try (CloudElementsConnection remote =
        CloudElementsConnection.connect(
            vertx,
            config.remote(),
            build.userAgent(),
            new SimpleMeterRegistry(),
            Tracing.of(Optional.empty(), build.version()))) {
      return work.apply(remote.instances());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Override
  public String version() {
    return build.toString();
  }
}
