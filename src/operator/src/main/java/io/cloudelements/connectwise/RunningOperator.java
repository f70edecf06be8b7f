package io.cloudelements.connectwise;

import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.controller.ConnectWiseInstanceReconciler;
import io.cloudelements.connectwise.controller.CrdReader;
import io.cloudelements.connectwise.controller.DriftDetector;
import io.cloudelements.connectwise.controller.DriftMetrics;
import io.cloudelements.connectwise.controller.DriftPoller;
import io.cloudelements.connectwise.controller.EventPublisher;
import io.cloudelements.connectwise.controller.InputReader;
import io.cloudelements.connectwise.controller.InstanceController;
import io.cloudelements.connectwise.controller.KubernetesClients;
import io.cloudelements.connectwise.controller.Leadership;
import io.cloudelements.connectwise.controller.OrphanScan;
import io.cloudelements.connectwise.controller.PrimaryCache;
import io.cloudelements.connectwise.controller.QueueEvents;
import io.cloudelements.connectwise.controller.RecentWrites;
import io.cloudelements.connectwise.controller.ReconcileExecutor;
import io.cloudelements.connectwise.controller.ReconcileLoop;
import io.cloudelements.connectwise.controller.ReconcileMetrics;
import io.cloudelements.connectwise.controller.RecoveryEvents;
import io.cloudelements.connectwise.controller.ResourceMetrics;
import io.cloudelements.connectwise.controller.SecretEvents;
import io.cloudelements.connectwise.controller.ServerSideWrites;
import io.cloudelements.connectwise.controller.SynchronizedMemory;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.ops.OperatorMetrics;
import io.cloudelements.connectwise.ops.Readiness;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.tracing.Tracing;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parts of a running operator, put together, and the order in which they end. */
record RunningOperator(
    Leadership leadership, InstanceController controller, RecoveryEvents recoveries)
    implements AutoCloseable {
  static RunningOperator begin(
      OperatorConfig config,
      String clusterName,
      KubernetesClients clients,
      RateLimitedInstancesApi instances,
      OperatorMetrics metrics,
      OrphanReport orphans,
      Tracing tracing) {
    InstantSource clock = InstantSource.system();
    String replica = replica();
    RecentWrites recentWrites = new RecentWrites();
    PrimaryCache primaries = new PrimaryCache();
    metrics.beforeScrape(new ResourceMetrics(primaries, metrics.registry())::refresh);
    EventPublisher events =
        new EventPublisher(clients.once(), replica, clock, RandomGenerator.getDefault());
    RecreationGuard guard =
        new RecreationGuard(
            config.drift().massDisappearanceLimit(),
            config.drift().resyncInterval(),
            primaries::population);
    Reconciliation reconciliation =
        new Reconciliation(
            tracing.around(instances),
            instances,
            tracing.around(new ServerSideWrites(clients.main(), events, recentWrites)),
            CloudElementsConnection.reconcileSettings(config, clusterName),
            guard,
            clock);
    SecretEvents secretEvents =
        new SecretEvents(
            Optional.of(clients.metadata()).filter(_ -> config.watch().secrets()),
            primaries,
            recentWrites);
    SteadyClock steadyClock = SteadyClock.start();
    SynchronizedMemory memory = new SynchronizedMemory(recentWrites, secretEvents, steadyClock);
    Leadership leadership = leadership(config, clients, replica);
    ReconcileExecutor threads = new ReconcileExecutor(leadership);
    ReconcileLoop runner =
        new ReconcileLoop(
            reconciliation,
            instances,
            new InputReader(
                clients.main(),
                recentWrites,
                secretEvents,
                new CrdReader(
                    Optional.of(clients.metadata())
                        .filter(_ -> config.watch().namespaces().isEmpty()))),
            memory,
            new ReconcileMetrics(metrics.registry(), clock),
            tracing.passes(),
            threads);
    OrphanScan orphanScan = new OrphanScan(clusterName, primaries, orphans, clock, steadyClock);
    DriftDetector detector =
        new DriftDetector(
            driftSettings(config, clusterName, clock),
            primaries,
            memory,
            instances,
            guard,
            orphanScan,
            new DriftMetrics(metrics.registry(), orphans));
    DriftPoller driftListings =
        new DriftPoller(detector, primaries, orphanScan, leadership, steadyClock);
    RecoveryEvents recoveries = new RecoveryEvents(memory);
    QueueEvents queue = new QueueEvents();
    instances.onCall(queue::called);
    ConnectWiseInstanceReconciler reconciler =
        new ConnectWiseInstanceReconciler(runner, secretEvents, driftListings, queue, recoveries);
    leadership.bindTo(metrics.registry());
    InstanceController controller =
        new InstanceController(
            clients,
            reconciler,
            recentWrites,
            threads,
            new InstanceController.Settings(
                config.watch().namespaces(), config.watch().labelSelector(), Shutdown.GRACE),
            MicrometerMetrics.withoutPerResourceMetrics(metrics.registry()),
            Shutdown::atOnce);
    return new RunningOperator(leadership, controller, recoveries);
  }

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

  private static Leadership leadership(
      OperatorConfig config, KubernetesClients clients, String replica) {
    return config
        .leaseNamespace()
        .map(namespace ->
            Leadership.elected(
                clients.election(), namespace, replica, () -> Shutdown.atOnce("The Lease is lost")))
        .orElseGet(Leadership::alone);
  }

  /** One listing serves drift and orphans, so it is made as often as the more frequent wants. */
  private static DriftDetector.Settings driftSettings(
      OperatorConfig config, String clusterName, InstantSource clock) {
    Duration interval =
        config
            .drift()
            .orphanScanInterval()
            .filter(scan -> scan.compareTo(config.drift().resyncInterval()) < 0)
            .orElse(config.drift().resyncInterval());
    return new DriftDetector.Settings(
        clusterName, interval, config.drift().massDisappearanceLimit(), clock);
  }

  /** A restarted container is the same replica again; two processes of one machine are not. */
  private static String replica() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("connectwise-operator");
    return host + "_" + ProcessHandle.current().pid();
  }

  void start() {
    controller.start();
  }

  /**
   * @param watchSilence since the last event or bookmark
   */
  Readiness readiness(Duration watchSilence) {
    return new Readiness(
        controller.isSynced(),
        switch (leadership.part()) {
          case UNDECIDED -> Readiness.Leadership.UNDECIDED;
          case STANDBY -> Readiness.Leadership.STANDBY;
          case LEADER -> Readiness.Leadership.LEADER;
        },
        watchSilence);
  }

  /** The Lease is kept until the last reconcile has ended, and then given up at once. */
  @Override
  public void close() {
    controller.stop();
    leadership.close();
  }
}
