package io.cloudelements.connectwise;

import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.kubernetes.ConnectWiseInstanceReconciler;
import io.cloudelements.connectwise.kubernetes.CrdReader;
import io.cloudelements.connectwise.kubernetes.DriftMeters;
import io.cloudelements.connectwise.kubernetes.DriftRounds;
import io.cloudelements.connectwise.kubernetes.EventPublisher;
import io.cloudelements.connectwise.kubernetes.InstanceController;
import io.cloudelements.connectwise.kubernetes.KubernetesClients;
import io.cloudelements.connectwise.kubernetes.Leadership;
import io.cloudelements.connectwise.kubernetes.OrphanScan;
import io.cloudelements.connectwise.kubernetes.OwnWrites;
import io.cloudelements.connectwise.kubernetes.PassMemory;
import io.cloudelements.connectwise.kubernetes.PassMeters;
import io.cloudelements.connectwise.kubernetes.PassPlaces;
import io.cloudelements.connectwise.kubernetes.PassRunner;
import io.cloudelements.connectwise.kubernetes.PassThreads;
import io.cloudelements.connectwise.kubernetes.PrimaryCache;
import io.cloudelements.connectwise.kubernetes.RecoveryEvents;
import io.cloudelements.connectwise.kubernetes.ResourceMeters;
import io.cloudelements.connectwise.kubernetes.SecretEvents;
import io.cloudelements.connectwise.kubernetes.ServerSideWrites;
import io.cloudelements.connectwise.kubernetes.SnapshotReader;
import io.cloudelements.connectwise.ops.OperatorMetrics;
import io.cloudelements.connectwise.ops.Readiness;
import io.cloudelements.connectwise.platform.InstancesApi;
import io.cloudelements.connectwise.reconcile.InstanceReconciliation;
import io.cloudelements.connectwise.reconcile.RecreationBrake;
import io.cloudelements.connectwise.tracing.Tracing;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The parts of a running operator, put together, and the order in which they end. */
record Operation(Leadership leadership, InstanceController controller, RecoveryEvents recoveries)
    implements AutoCloseable {
  static Operation begin(
      OperatorConfig config,
      String clusterName,
      KubernetesClients clients,
      InstancesApi instances,
      OperatorMetrics metrics,
      OrphanReport orphans,
      Tracing tracing) {
    InstantSource clock = InstantSource.system();
    String replica = replica();
    OwnWrites ownWrites = new OwnWrites();
    PrimaryCache primaries = new PrimaryCache();
    metrics.beforeScrape(new ResourceMeters(primaries, metrics.registry())::refresh);
    EventPublisher events =
        new EventPublisher(clients.once(), replica, clock, RandomGenerator.getDefault());
    RecreationBrake brake =
        new RecreationBrake(
            config.massDisappearanceLimit(), config.resyncInterval(), primaries::population);
    InstanceReconciliation reconciliation =
        new InstanceReconciliation(
            tracing.around(instances),
            tracing.around(new ServerSideWrites(clients.main(), events, ownWrites)),
            CloudElements.passSettings(config, clusterName),
            brake,
            clock);
    SecretEvents secretEvents =
        new SecretEvents(
            Optional.of(clients.metadata()).filter(_ -> config.watch().secrets()),
            primaries,
            ownWrites);
    PassMemory memory = new PassMemory(ownWrites, secretEvents, System::nanoTime);
    Leadership leadership = leadership(config, clients, replica);
    PassThreads threads = new PassThreads(leadership);
    PassRunner runner =
        new PassRunner(
            reconciliation,
            new SnapshotReader(
                clients.main(),
                ownWrites,
                secretEvents,
                new CrdReader(
                    Optional.of(clients.metadata())
                        .filter(_ -> config.watch().namespaces().isEmpty()))),
            memory,
            new PassMeters(metrics.registry(), clock),
            tracing.passes(),
            threads);
    SteadyClock steadyClock = SteadyClock.start();
    DriftRounds driftRounds =
        new DriftRounds(
            driftSettings(config, clusterName),
            primaries,
            memory,
            instances,
            brake,
            new OrphanScan(clusterName, primaries, orphans, clock, steadyClock),
            new DriftMeters(metrics.registry(), orphans),
            leadership,
            clock,
            steadyClock);
    RecoveryEvents recoveries = new RecoveryEvents(memory);
    ConnectWiseInstanceReconciler reconciler =
        new ConnectWiseInstanceReconciler(
            runner,
            memory,
            secretEvents,
            driftRounds,
            new PassPlaces(config.remote().maxConcurrentRequests()),
            recoveries);
    leadership.bindTo(metrics.registry());
    InstanceController controller =
        new InstanceController(
            clients,
            reconciler,
            ownWrites,
            threads,
            config.watch().namespaces(),
            config.watch().labelSelector(),
            ProcessEnd.GRACE,
            MicrometerMetrics.withoutPerResourceMetrics(metrics.registry()),
            ProcessEnd::atOnce);
    return new Operation(leadership, controller, recoveries);
  }

  /** The page {@code /orphans}, which also says why it may be empty. */
  static OrphanReport orphanReport(OperatorConfig config) {
    if (config.orphanScanInterval().isPresent()) {
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
                clients.election(),
                namespace,
                replica,
                () -> ProcessEnd.atOnce("The Lease is lost")))
        .orElseGet(Leadership::alone);
  }

  /** One listing serves drift and orphans, so it is made as often as the more frequent wants. */
  private static DriftRounds.Settings driftSettings(OperatorConfig config, String clusterName) {
    Duration interval =
        config
            .orphanScanInterval()
            .filter(scan -> scan.compareTo(config.resyncInterval()) < 0)
            .orElse(config.resyncInterval());
    return new DriftRounds.Settings(clusterName, interval, config.massDisappearanceLimit());
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

  /** The Lease is kept until the last pass has ended, and then given up at once. */
  @Override
  public void close() {
    controller.stop();
    leadership.close();
  }
}
