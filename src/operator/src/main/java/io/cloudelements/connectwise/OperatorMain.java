package io.cloudelements.connectwise;

import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.connectwise.config.ConfigResult;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.config.RuntimeEnvironment;
import io.cloudelements.connectwise.controller.KubernetesClients;
import io.cloudelements.connectwise.controller.StartupCheck;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.VisibleText;
import io.cloudelements.connectwise.ops.BuildInfo;
import io.cloudelements.connectwise.ops.Logging;
import io.cloudelements.connectwise.ops.OperatorMetrics;
import io.cloudelements.connectwise.ops.OpsReport;
import io.cloudelements.connectwise.ops.OpsServer;
import io.cloudelements.connectwise.ops.QueuePage;
import io.cloudelements.connectwise.ops.Readiness;
import io.cloudelements.connectwise.tracing.Tracing;
import io.cloudelements.connectwise.tracing.TracingSettingsException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator, and ends it in good order. Exit codes: 0 after SIGTERM, 1 when it cannot go
 * on (a restart may help), 2 when a setting is wrong.
 */
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  /** One carries 200 creations a second, and an account of the service takes one or two. */
  private static final int EVENT_LOOPS = 1;

  private static final Path POD_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private final OperatorConfig config;
  private final ManagementPolicy mode;
  private final CountDownLatch stop;
  private final AtomicReference<Function<ResourceId, Optional<Integer>>> positions =
      new AtomicReference<>(_ -> Optional.empty());
  private final AtomicReference<Supplier<Readiness>> readiness;

  private OperatorMain(OperatorConfig config, CountDownLatch stop) {
    this.config = config;
    this.mode = config.authority().mode();
    this.stop = stop;
    Readiness starting =
        new Readiness(false, Readiness.LeaderStatus.UNDECIDED, Duration.ZERO, mode);
    this.readiness = new AtomicReference<>(() -> starting);
  }

  public static void main(String[] arguments) throws IOException {
    switch (OperatorConfig.fromEnvironment(System.getenv(), environment())) {
      case ConfigResult.Invalid(var errors) -> {
        errors.forEach(error ->
            System.err.println(VisibleText.line(error.variable() + ": " + error.message())));
        System.exit(2);
      }
      case ConfigResult.Valid(OperatorConfig config) -> {
        OperatorConfig.Observability watched = config.observability();
        Logging.start(watched.logFormat(), watched.logLevel());
        Shutdown end = Shutdown.onSignal();
        end.after(new OperatorMain(config, end.requested())::run);
      }
    }
  }

  public static RuntimeEnvironment environment() throws IOException {
    return new RuntimeEnvironment(
        Files.isReadable(POD_NAMESPACE)
            ? Optional.of(Files.readString(POD_NAMESPACE))
            : Optional.empty(),
        Files::isReadable,
        (patterns, url) -> AllowedBaseUrls.parse(patterns).permits(url));
  }

  private int run() {
    try {
      serve();
      return 0;
    } catch (StartupCheck.ClusterNameUnknown | TracingSettingsException e) {
      LOG.error("{}", e.getMessage());
      return 2;
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void serve() throws IOException, InterruptedException {
    BuildInfo build = BuildInfo.load();
    LOG.info("ConnectWise operator {} starts; operating mode {}", build, mode.key());
    OrphanReport orphans = RunningOperator.orphanReport(config);
    WatchHeartbeat heartbeat = new WatchHeartbeat(WatchHeartbeat.INTERVAL, System::nanoTime);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    try (Tracing tracing = Tracing.of(config.observability().tracing(), build.version());
        OperatorMetrics metrics = new OperatorMetrics(build, tracing.spanContext());
        OpsServer ops = opsServer(vertx, metrics, orphans);
        KubernetesClients clients =
            KubernetesClients.open(
                new KubernetesHttpClientFactory(vertx, heartbeat), build.userAgent());
        CloudElementsConnection remote = remote(vertx, build, metrics, tracing)) {
      LOG.info("Probes and metrics are on port {}", ops.port());
      positions.set(remote.instances()::position);
      heartbeat.bindTo(metrics.registry());
      metrics.operatingMode(mode.key());
      StartupCheck check = new StartupCheck(clients.once(), stop);
      Optional<String> clusterName = config.clusterName().or(check::awaitClusterUid);
      if (clusterName.isPresent() && check.awaitResources(config.watch().namespaces())) {
        try (RunningOperator operator =
            new OperatorAssembly(
                    config,
                    clusterName.get(),
                    clients,
                    remote.instances(),
                    metrics,
                    orphans,
                    tracing)
                .assemble(check.mayListAccounts(config.watch().namespaces()))) {
          readiness.set(() -> operator.readiness(heartbeat.silence(), mode));
          untilStopped(operator, remote);
        }
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private CloudElementsConnection remote(
      Vertx vertx, BuildInfo build, OperatorMetrics metrics, Tracing tracing) {
    return CloudElementsConnection.connect(
        vertx,
        config.remote(),
        build.userAgent(),
        metrics.registry(),
        tracing.calls().around(AuditTrail.calls()));
  }

  private OpsServer opsServer(Vertx vertx, OperatorMetrics metrics, OrphanReport orphans)
      throws IOException {
    return OpsServer.start(
        vertx,
        config.observability().httpPort(),
        () -> readiness.get().get(),
        metrics,
        Map.of(
            OrphanPage.PATH,
            OpsReport.of(() -> orphans.page(Instant.now()).toJson()),
            QueuePage.PATH,
            QueuePage.report(resource -> positions.get().apply(resource))));
  }

  private void untilStopped(RunningOperator operator, CloudElementsConnection remote)
      throws InterruptedException {
    remote.instances().onAnswer(operator.recoveries()::answered);
    operator.start();
    stop.await();
    LOG.info("Stopping: no new reconcile starts, running ones may finish");
    remote.instances().stop();
  }
}
