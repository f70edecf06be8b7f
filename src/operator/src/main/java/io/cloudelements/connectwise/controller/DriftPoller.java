package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cloudelements.AccountListing;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.AccountResources;
import io.cloudelements.connectwise.drift.DriftSampler;
import io.cloudelements.connectwise.drift.ListedAccounts;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.reconcile.JitteredSchedule;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.status.StatusReader;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists each account once per round, instead of asking for each of its resources, and brings a pass
 * to those that the listing shows otherwise than expected. It reads nothing of the cluster but the
 * cache, writes nothing, and concludes nothing: that an instance is gone is for the pass to find
 * out. A listing that fails says nothing at all.
 */
public final class DriftPoller extends SimpleInboundEventSource<ConnectWiseInstance> {
  private static final Logger LOG = LoggerFactory.getLogger(DriftPoller.class);

  /** After a start nobody asks about what has not changed. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private static final int MOST_LOOKS = 500;

  /**
   * @param interval between two listings of an account
   * @param limit so many resources of an account are believed to differ at once
   */
  public record Settings(String clusterName, Duration interval, int limit) {
    private Duration tick() {
      Duration part = interval.dividedBy(60);
      return part.compareTo(Duration.ofSeconds(10)) > 0 ? Duration.ofSeconds(10) : part;
    }
  }

  private final Settings settings;
  private final PrimaryCache primaries;
  private final SynchronizedMemory memory;
  private final InstancesApi instances;
  private final RecreationGuard guard;
  private final OrphanScan orphans;
  private final DriftMetrics meters;
  private final Leadership leadership;
  private final InstantSource wallClock;
  private final InstantSource steadyClock;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("drift").factory());
  private final ExecutorService rounds = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Instant> due = new HashMap<>();
  private final Map<String, DriftSampler> accounts = new ConcurrentHashMap<>();
  private final Map<String, PageRequest> pages = new ConcurrentHashMap<>();
  private final Map<String, String> failing = new ConcurrentHashMap<>();
  private final Set<String> listed = ConcurrentHashMap.newKeySet();

  /**
   * @param wallClock for dates that are compared with others' or shown
   * @param steadyClock for waits; may not jump
   */
  public DriftPoller(
      Settings settings,
      PrimaryCache primaries,
      SynchronizedMemory memory,
      InstancesApi instances,
      RecreationGuard guard,
      OrphanScan orphans,
      DriftMetrics meters,
      Leadership leadership,
      InstantSource wallClock,
      InstantSource steadyClock) {
    super("drift");
    this.settings = settings;
    this.primaries = primaries;
    this.memory = memory;
    this.instances = instances;
    this.guard = guard;
    this.orphans = orphans;
    this.meters = meters;
    this.leadership = leadership;
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
  }

  @Override
  public void start() {
    super.start();
    rounds.execute(() -> {
      if (leadership.await() && isRunning()) {
        Duration tick = settings.tick();
        timer.scheduleWithFixedDelay(
            this::tick,
            Math.max(QUIET.toMillis(), tick.toMillis()),
            tick.toMillis(),
            TimeUnit.MILLISECONDS);
      }
    });
  }

  @Override
  public void stop() {
    super.stop();
    timer.shutdownNow();
    rounds.shutdownNow();
  }

  /** Begins the rounds that are due. */
  private void tick() {
    try {
      Instant now = steadyClock.instant();
      Set<String> remembered = orphans.remembered(accountsInUse());
      Set<String> known = ListedAccounts.of(primaries.all(), remembered);
      due.keySet().retainAll(known);
      accounts.keySet().retainAll(known);
      pages.keySet().retainAll(known);
      failing.keySet().retainAll(known);
      meters.blind(failing.size());
      for (String account : known) {
        JitteredSchedule slots =
            new JitteredSchedule(settings.clusterName() + account, settings.interval());
        Instant next = due.computeIfAbsent(account, _ -> slots.after(now));
        if (!next.isAfter(now) && listed.add(account)) {
          due.put(account, slots.after(now));
          rounds.execute(() -> round(account));
        }
      }
    } catch (RuntimeException e) {
      LOG.error("The drift rounds could not be begun; they are tried again", e);
    }
  }

  private Set<String> accountsInUse() {
    return primaries
        .all()
        .flatMap(resource -> StatusReader.account(resource).stream())
        .collect(Collectors.toSet());
  }

  private void round(String account) {
    try {
      Optional<AccountAccess> access =
          memory.access(account, primaries.inAccount(account)).or(() -> orphans.access(account));
      access.ifPresent(known -> round(account, known));
    } catch (InstancesApiException e) {
      meters.listingFailed();
      String failure = e.failure().getClass().getSimpleName();
      if (!failure.equals(failing.put(account, failure))) {
        LOG.warn(
            "Account {} cannot be listed: until it can, drift shows only at the checks by id, and"
                + " orphans not at all. {}",
            account,
            FailureOutcomes.of(e.failure(), account, wallClock.instant()).message());
      }
      meters.blind(failing.size());
    } catch (RuntimeException e) {
      LOG.error("A drift round of account {} failed unexpectedly", account, e);
    } finally {
      listed.remove(account);
    }
  }

  private void round(String fingerprint, AccountAccess access) {
    AccountResources before = population(fingerprint);
    OrphanScan.Begun scan = orphans.begin();
    AccountListing.Listed whole =
        AccountListing.whole(
            instances, access, pages.getOrDefault(fingerprint, PageRequest.LARGEST));
    pages.put(fingerprint, whole.pages());
    AccountInstances listing =
        new AccountInstances(whole.instances(), OwnershipTag.clusterPart(settings.clusterName()));
    if (failing.remove(fingerprint) != null) {
      meters.blind(failing.size());
      LOG.info("Account {} can be listed again", fingerprint);
    }
    DriftSampler.DriftSample plan =
        accounts
            .computeIfAbsent(fingerprint, _ -> new DriftSampler(settings.limit(), MOST_LOOKS))
            .plan(population(fingerprint).unchangedSince(before), listing);
    meters.listed(plan);
    if (plan.doubted()) {
      LOG.warn(
          "The listing of account {} shows {} of its resources' instances missing, and more"
              + " different; {} of them are looked at by id before it is believed",
          fingerprint,
          plan.absent().size(),
          plan.fullChecks().size());
    }
    guard.absent(fingerprint, plan.absent(), wallClock.instant());
    plan.fullChecks()
        .keySet()
        .forEach(resource -> {
          memory.requestFullCheck(resource.resource());
          propagateEvent(
              new ResourceID(resource.resource().name(), resource.resource().namespace()));
        });
    scan.end(fingerprint, access, listing);
  }

  private AccountResources population(String account) {
    return AccountResources.of(
        primaries.inAccount(account), settings.clusterName(), settings.interval());
  }
}
