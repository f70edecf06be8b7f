package io.cloudelements.connectwise;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.controller.AccountCache;
import io.cloudelements.connectwise.controller.AccountCalls;
import io.cloudelements.connectwise.controller.AccountMetrics;
import io.cloudelements.connectwise.controller.AccountWrites;
import io.cloudelements.connectwise.controller.CloudElementsAccountReconciler;
import io.cloudelements.connectwise.controller.ConnectWiseInstanceReconciler;
import io.cloudelements.connectwise.controller.CrdReader;
import io.cloudelements.connectwise.controller.DriftAuthorLookup;
import io.cloudelements.connectwise.controller.DriftDetector;
import io.cloudelements.connectwise.controller.DriftMetrics;
import io.cloudelements.connectwise.controller.DriftPoller;
import io.cloudelements.connectwise.controller.EventPublisher;
import io.cloudelements.connectwise.controller.InputReader;
import io.cloudelements.connectwise.controller.InstanceController;
import io.cloudelements.connectwise.controller.KubernetesClients;
import io.cloudelements.connectwise.controller.Leadership;
import io.cloudelements.connectwise.controller.ListingAccess;
import io.cloudelements.connectwise.controller.NamespaceLabels;
import io.cloudelements.connectwise.controller.OrphanScan;
import io.cloudelements.connectwise.controller.PrimaryCache;
import io.cloudelements.connectwise.controller.RecentWrites;
import io.cloudelements.connectwise.controller.ReconcileExecutor;
import io.cloudelements.connectwise.controller.ReconcileLoop;
import io.cloudelements.connectwise.controller.ReconcileMetrics;
import io.cloudelements.connectwise.controller.RecoveryEvents;
import io.cloudelements.connectwise.controller.ResourceMetrics;
import io.cloudelements.connectwise.controller.SecretEvents;
import io.cloudelements.connectwise.controller.ServerSideWrites;
import io.cloudelements.connectwise.controller.SynchronizedMemory;
import io.cloudelements.connectwise.controller.WakeEvents;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.ops.OperatorMetrics;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.connectwise.reconcile.DeletionGuard;
import io.cloudelements.connectwise.reconcile.FleetGuards;
import io.cloudelements.connectwise.reconcile.InstanceQuota;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.tracing.Tracing;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Puts the parts of the operator together. */
final class OperatorAssembly {
  private final OperatorConfig config;
  private final String clusterName;
  private final KubernetesClients clients;
  private final RateLimitedInstancesApi instances;
  private final OperatorMetrics metrics;
  private final OrphanReport orphans;
  private final Tracing tracing;
  private final InstantSource clock = InstantSource.system();
  private final SteadyClock steadyClock = SteadyClock.start();
  private final String replica = replica();
  private final PrimaryCache primaries = new PrimaryCache();
  private final RecentWrites recentWrites = new RecentWrites();
  private final SecretEvents secretEvents;
  private final NamespaceLabels namespaces;
  private final AccountCache accounts;
  private final SynchronizedMemory memory;
  private final RecreationGuard guard;
  private final Leadership leadership;
  private final ReconcileExecutor threads;
  private final EventPublisher events;

  OperatorAssembly(
      OperatorConfig config,
      String clusterName,
      KubernetesClients clients,
      RateLimitedInstancesApi instances,
      OperatorMetrics metrics,
      OrphanReport orphans,
      Tracing tracing) {
    this.config = config;
    this.clusterName = clusterName;
    this.clients = clients;
    this.instances = instances;
    this.metrics = metrics;
    this.orphans = orphans;
    this.tracing = tracing;
    this.secretEvents =
        new SecretEvents(
            Optional.of(clients.metadata()).filter(_ -> config.watch().secrets()),
            primaries,
            recentWrites);
    this.namespaces =
        new NamespaceLabels(
            Optional.of(clients.main()).filter(_ -> config.watch().namespaceSelectors()));
    this.accounts =
        new AccountCache(clients.main(), secretEvents, namespaces, config.remote().baseUrl());
    this.memory =
        new SynchronizedMemory(
            recentWrites, secretEvents, new AccountAuthorizer(accounts), steadyClock);
    this.guard =
        new RecreationGuard(
            config.drift().massDisappearanceLimit(),
            config.drift().resyncInterval(),
            primaries::population);
    this.leadership = leadership(config, clients, replica);
    this.threads = new ReconcileExecutor(leadership);
    this.events = new EventPublisher(clients.once(), replica, clock, RandomGenerator.getDefault());
  }

  /**
   * What is started next.
   *
   * @param withAccounts whether account objects can be watched
   */
  RunningOperator assemble(boolean withAccounts) {
    if (!withAccounts) {
      accounts.haveNone();
    }
    ResourceMetrics resources = new ResourceMetrics(primaries, metrics.registry());
    AccountMetrics objects = new AccountMetrics(accounts, metrics.registry());
    metrics.beforeScrape(() -> {
      resources.refresh();
      objects.refresh();
    });
    leadership.bindTo(metrics.registry());
    WakeEvents wakeEvents = new WakeEvents();
    instances.onReserved(wakeEvents::wake);
    RecoveryEvents recoveries = new RecoveryEvents(memory, wakeEvents::wake);
    ConnectWiseInstanceReconciler reconciler =
        new ConnectWiseInstanceReconciler(reconcileLoop(), secretEvents, driftPoller(), wakeEvents);
    Optional<CloudElementsAccountReconciler> ofAccounts =
        Optional.of(wakeEvents).filter(_ -> withAccounts).map(this::accountReconciler);
    return new RunningOperator(
        leadership,
        controller(new InstanceController.Reconcilers(reconciler, ofAccounts)),
        recoveries,
        namespaces);
  }

  private CloudElementsAccountReconciler accountReconciler(WakeEvents wakeEvents) {
    CloudElementsAccountReconciler reconciler =
        new CloudElementsAccountReconciler(
            accounts,
            primaries,
            new AccountWrites(clients.main(), events),
            new AccountCalls(instances, threads),
            SettingsMapping.accountSettings(config),
            wakeEvents,
            clock);
    secretEvents.onEveryChange(reconciler::secretChanged);
    namespaces.start(reconciler::namespaceChanged);
    return reconciler;
  }

  private ReconcileLoop reconcileLoop() {
    CrdReader crds =
        new CrdReader(
            Optional.of(clients.metadata()).filter(_ -> config.watch().namespaces().isEmpty()));
    return new ReconcileLoop(
        reconciliation(),
        instances,
        new InputReader(
            clients.main(), recentWrites, secretEvents, crds, new AccountAuthorizer(accounts)),
        memory,
        new ReconcileMetrics(metrics.registry(), clock),
        observer(),
        threads);
  }

  private ReconcileObserver observer() {
    ReconcileObserver observer = tracing.reconciles().around(AuditTrail.reconciles());
    return config.drift().auditLogs()
        ? new DriftAuthorLookup(instances, events, clock).around(observer)
        : observer;
  }

  private Reconciliation reconciliation() {
    return new Reconciliation(
        new AuditTrail(metrics.registry(), steadyClock).around(tracing.around(instances)),
        instances,
        tracing.around(new ServerSideWrites(clients.main(), events, recentWrites)),
        SettingsMapping.reconcileSettings(config, clusterName),
        new FleetGuards(
            guard,
            new InstanceQuota(account -> primaries.inAccount(account).stream()),
            new DeletionGuard(config.authority().massDeletionLimit(), primaries::inAccount)),
        clock);
  }

  private DriftPoller driftPoller() {
    OrphanScan scan = new OrphanScan(clusterName, primaries, orphans, clock, steadyClock);
    ListingAccess listings = new ListingAccess(primaries, memory, scan, accounts);
    DriftDetector detector =
        new DriftDetector(
            driftSettings(),
            primaries,
            memory,
            listings,
            instances,
            guard,
            new DriftMetrics(metrics.registry(), orphans));
    return new DriftPoller(detector, primaries, listings, leadership, steadyClock);
  }

  /** One listing serves drift and orphans, so it is made as often as the more frequent wants. */
  private DriftDetector.ListingSettings driftSettings() {
    OperatorConfig.Drift drift = config.drift();
    Duration interval =
        drift
            .orphanScanInterval()
            .filter(scan -> scan.compareTo(drift.resyncInterval()) < 0)
            .orElse(drift.resyncInterval());
    return new DriftDetector.ListingSettings(
        clusterName, interval, drift.massDisappearanceLimit(), config.authority().mode(), clock);
  }

  private InstanceController controller(InstanceController.Reconcilers reconcilers) {
    return new InstanceController(
        clients,
        reconcilers,
        recentWrites,
        threads,
        new InstanceController.WatchSettings(
            config.watch().namespaces(), config.watch().labelSelector(), Shutdown.GRACE),
        MicrometerMetrics.withoutPerResourceMetrics(metrics.registry()),
        Shutdown::atOnce);
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

  /** A restarted container is the same replica again; two processes of one machine are not. */
  private static String replica() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("connectwise-operator");
    return host + "_" + ProcessHandle.current().pid();
  }
}
