package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.ops.Readiness;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica may work. Reconciles wait here on a standby, so that its caches are warm and
 * its first reconcile begins in the moment it leads.
 *
 * <p>The framework's own election can neither release the Lease nor renew it while the last
 * reconciles end; so the elector of the client runs here, beside it.
 */
public final class Leadership implements AutoCloseable, MeterBinder {
  /** The name of the Lease. */
  public static final String LEASE = "connectwise-operator";

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private final CountDownLatch decided = new CountDownLatch(1);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<CompletableFuture<?>> election = Optional.empty();
  private volatile Readiness.LeaderStatus role = Readiness.LeaderStatus.UNDECIDED;
  private volatile boolean closing;

  private Leadership() {}

  /** The only replica leads. */
  public static Leadership alone() {
    Leadership leadership = new Leadership();
    leadership.lead();
    return leadership;
  }

  /**
   * One of several replicas.
   *
   * @param client whose calls end long before the Lease does
   * @param identity the name of this replica
   * @param lost is run when another replica may lead by now; this process must end
   */
  public static Leadership elected(
      KubernetesClient client, String namespace, String identity, Runnable lost) {
    Leadership leadership = new Leadership();
    LeaderCallbacks callbacks =
        new LeaderCallbacks(
            leadership::lead,
            () -> {
              if (!leadership.closing) {
                lost.run();
              }
            },
            leader -> leadership.seen(leader, identity));
    LeaderElector elector =
        new LeaderElector(
            client,
            new LeaderElectionConfig(
                new LeaseLock(namespace, LEASE, identity),
                LEASE_DURATION,
                RENEW_DEADLINE,
                RETRY_PERIOD,
                callbacks,
                true,
                LEASE),
            leadership.executor);
    leadership.election = Optional.of(elector.start());
    return leadership;
  }

  private void lead() {
    role = Readiness.LeaderStatus.LEADER;
    LOG.info("This replica leads");
    decided.countDown();
  }

  private void seen(String leader, String identity) {
    if (leader != null && !leader.isEmpty() && !leader.equals(identity)) {
      role = Readiness.LeaderStatus.STANDBY;
      LOG.info("{} leads; this replica stands by", leader);
    }
  }

  /** This replica's role. */
  public Readiness.LeaderStatus role() {
    return role;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("connectwise.leader", () -> role == Readiness.LeaderStatus.LEADER ? 1 : 0)
        .description("1 for the leader, 0 for standby replicas")
        .register(registry);
  }

  /** Waits until this replica leads; false when it ends before. */
  boolean await() {
    try {
      decided.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return role == Readiness.LeaderStatus.LEADER;
  }

  /** From now on nothing new begins on a standby; a leader keeps the Lease. */
  void stopWaiting() {
    decided.countDown();
  }

  /** Releases the Lease, so that another replica leads at once. */
  @Override
  public void close() {
    closing = true;
    stopWaiting();
    election.ifPresent(running -> running.cancel(true));
    executor.shutdown();
  }
}
