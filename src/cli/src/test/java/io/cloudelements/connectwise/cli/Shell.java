package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.config.RuntimeEnvironment;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The actor "a person at a terminal", in the process of the test. */
public final class Shell {
  /** How a command ended. */
  public record Result(int exitCode, String output, String errors) {}

  /** Longer than any test runs. */
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final Map<String, String> environment = new HashMap<>();
  private Optional<InstancesApi> service = Optional.empty();
  private Optional<UserCluster> cluster = Optional.empty();
  private String input = "";
  private boolean interactive;

  public Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The service that {@code export} reaches; without one every call is an error. */
  public Shell reaching(InstancesApi instances) {
    service = Optional.of(instances);
    return this;
  }

  /** The cluster of the kubeconfig; without one every read is an error. */
  Shell in(UserCluster reached) {
    cluster = Optional.of(reached);
    return this;
  }

  public Shell typing(String text) {
    input = text;
    return this;
  }

  Shell atATerminal() {
    interactive = true;
    return this;
  }

  public Result runs(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        CommandLineTool.run(
            new Parts(environment, service, cluster),
            new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                interactive),
            arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private record Parts(
      Map<String, String> environment,
      Optional<InstancesApi> service,
      Optional<UserCluster> cluster)
      implements OperatorServices {
    @Override
    public ConfigResult settings() {
      return OperatorConfig.fromEnvironment(
          environment,
          new RuntimeEnvironment(
              Optional.empty(),
              _ -> false,
              (patterns, url) -> AllowedBaseUrls.parse(patterns).permits(url)));
    }

    @Override
    public ReconcileSettings reconcileSettings(OperatorConfig config, String clusterName) {
      return new ReconcileSettings(
          clusterName,
          config.remote().baseUrl(),
          AllowedBaseUrls.parse(config.remote().allowedBaseUrls())::permits,
          new ProvisioningWindow(Duration.ZERO, Duration.ZERO, Duration.ZERO),
          ResyncIntervals.withListings(config.drift().resyncInterval(), true));
    }

    @Override
    public <T> T calling(OperatorConfig config, Function<InstancesApi, T> work) {
      return work.apply(service.orElseThrow(() -> new AssertionError("a call was made")));
    }

    @Override
    public <T> T inCluster(ClusterOptions which, Function<UserCluster, T> work) {
      return work.apply(cluster.orElseThrow(() -> new AssertionError("the cluster was read")));
    }

    @Override
    public InstantSource clock() {
      return InstantSource.fixed(NOW);
    }

    @Override
    public String version() {
      return "1.2.3 (abc)";
    }
  }
}
