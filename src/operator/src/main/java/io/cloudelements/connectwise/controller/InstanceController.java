package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.ResourceUpdateFilter;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The framework, set up for this operator. */
public final class InstanceController {
  private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);

  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(30);

  private final Operator operator;
  private final List<RegisteredController<?>> controllers = new ArrayList<>();
  private volatile boolean started;

  /**
   * @param namespaces empty: all
   * @param grace for reconciles that are under way when the operator is stopped
   */
  public record WatchSettings(
      List<String> namespaces, Optional<String> labelSelector, Duration grace) {}

  /**
   * @param accounts empty where the cluster does not have that kind, or the operator may not list
   *     it
   */
  public record Reconcilers(
      ConnectWiseInstanceReconciler instances, Optional<CloudElementsAccountReconciler> accounts) {}

  /**
   * @param fatal gets the reason why nothing is watched any more; this process must end
   */
  public InstanceController(
      KubernetesClients clients,
      Reconcilers reconcilers,
      RecentWrites recentWrites,
      ReconcileExecutor threads,
      WatchSettings settings,
      Metrics metrics,
      Consumer<String> fatal) {
    this.operator = operator(clients, threads, settings, metrics, fatal);
    RegisteredController<ConnectWiseInstance> instances =
        operator.register(
            reconcilers.instances(),
            controllerSettings -> configure(controllerSettings, recentWrites, settings));
    controllers.add(instances);
    reconcilers
        .accounts()
        .ifPresent(reconciler -> {
          RegisteredController<CloudElementsAccount> accounts =
              operator.register(
                  reconciler,
                  controllerSettings -> configureAccounts(controllerSettings, settings));
          controllers.add(accounts);
          reconciler.begin(() -> started && isSynced(instances));
          reconciler.cache().begin(() -> started && isSynced(accounts));
        });
  }

  private static Operator operator(
      KubernetesClients clients,
      ReconcileExecutor threads,
      WatchSettings settings,
      Metrics metrics,
      Consumer<String> fatal) {
    return new Operator(operatorSettings ->
        operatorSettings
            .withKubernetesClient(clients.main())
            .withCloseClientOnStop(false)
            .withExecutorService(threads)
            .withResourceCloner(new NoCopyCloner())
            .withMetrics(new AggregatedMetrics(List.of(metrics, new RecreatedResourceWorkaround())))
            // An informer that cannot start retries; /readyz shows it.
            .withStopOnInformerErrorDuringStartup(false)
            .withCacheSyncTimeout(SYNC_TIMEOUT)
            .withReconciliationTerminationTimeout(settings.grace())
            .withInformerStoppedHandler((_, failure) -> {
              // It is called on every orderly stop too, then without a failure.
              if (failure != null) {
                fatal.accept("A watch has ended for good: " + failure);
              }
            }));
  }

  /**
   * All events, since a reconcile adds and removes the finalizer itself, in its place in the
   * protocol: the framework's own way would add it without a uid and so re-create what was just
   * deleted.
   */
  private static void configure(
      ControllerConfigurationOverrider<ConnectWiseInstance> controller,
      RecentWrites recentWrites,
      WatchSettings settings) {
    controller
        .withName("connectwiseinstance")
        .withOnUpdateFilter(new ResourceUpdateFilter(recentWrites::isLastVersion)::accept);
    configureAlike(controller, settings);
  }

  private static void configureAccounts(
      ControllerConfigurationOverrider<CloudElementsAccount> controller, WatchSettings settings) {
    controller.withName("cloudelementsaccount");
    configureAlike(controller, settings);
  }

  private static void configureAlike(
      ControllerConfigurationOverrider<?> controller, WatchSettings settings) {
    controller
        .withTriggerReconcilerOnAllEvents(true)
        .withGenerationAware(false)
        .withInformerListLimit(SecretEvents.LIST_LIMIT)
        .withRetry(
            new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(Duration.ofSeconds(1))
                .setMaxInterval(SLOWEST_RETRY.toMillis()));
    settings.labelSelector().ifPresent(controller::withLabelSelector);
    if (settings.namespaces().isEmpty()) {
      controller.watchingAllNamespaces();
    } else {
      controller.settingNamespaces(Set.copyOf(settings.namespaces()));
    }
  }

  /** Fills the caches, and lets reconciles begin. */
  public void start() {
    operator.start();
    started = true;
  }

  /** Whether the caches hold what the API server holds. Does not block. */
  public boolean isSynced() {
    return started && controllers.stream().allMatch(InstanceController::isSynced);
  }

  private static boolean isSynced(RegisteredController<?> controller) {
    for (InformerWrappingEventSourceHealthIndicator<?> source :
        controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values()) {
      for (InformerHealthIndicator informer : source.informerHealthIndicators().values()) {
        if (!informer.hasSynced()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Takes no more events and waits for the reconciles under way, for the time of grace at most. */
  public void stop() {
    operator.stop();
  }
}
