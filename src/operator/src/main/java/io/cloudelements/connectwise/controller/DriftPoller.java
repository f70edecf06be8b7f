package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.drift.ListedAccounts;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Lists each account once per interval, instead of asking for each of its resources, and triggers a
 * reconcile of those that the listing shows otherwise than expected.
 */
public final class DriftPoller extends SimpleInboundEventSource<ConnectWiseInstance> {
  private static final Logger LOG = LoggerFactory.getLogger(DriftPoller.class);

  /** After a start what has changed goes first. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /**
   * Listings in flight. A service that hangs would otherwise get those of all accounts; so many per
   * tick are 3,840 in the ten minutes that are the default.
   */
  static final int MOST_UNDER_WAY = 64;

  private static final Duration LONGEST_TICK = Duration.ofSeconds(10);

  private final DriftDetector detector;
  private final PrimaryCache primaries;
  private final ListingAccess listings;
  private final Leadership leadership;
  private final InstantSource steadyClock;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("drift").factory());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Instant> due = new HashMap<>();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param steadyClock for waits; may not jump
   */
  public DriftPoller(
      DriftDetector detector,
      PrimaryCache primaries,
      ListingAccess listings,
      Leadership leadership,
      InstantSource steadyClock) {
    super("drift");
    this.detector = detector;
    this.primaries = primaries;
    this.listings = listings;
    this.leadership = leadership;
    this.steadyClock = steadyClock;
  }

  @Override
  public void start() {
    super.start();
    threads.execute(() -> {
      if (leadership.await() && isRunning()) {
        Duration part = detector.settings().interval().dividedBy(60);
        Duration tick = part.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : part;
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
    threads.shutdownNow();
  }

  /** Begins the listings that are due; those that find no place are the first of the next tick. */
  void tick() {
    try {
      Instant now = steadyClock.instant();
      Set<String> remembered = listings.orphans().remembered(accountsInUse(), listings.objects());
      Set<String> known = ListedAccounts.of(primaries.all(), remembered);
      due.keySet().retainAll(known);
      detector.keep(known);
      known.forEach(account -> due.computeIfAbsent(account, _ -> next(account, now)));
      begin(admitted(now), now);
    } catch (RuntimeException e) {
      LOG.error("The listings could not be started; they are retried", e);
    }
  }

  /** The accounts that are due and find a place, those that are due for longest first. */
  private List<String> admitted(Instant now) {
    return due.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now) && !underWay.contains(entry.getKey()))
        .sorted(Map.Entry.comparingByValue())
        .limit(MOST_UNDER_WAY - underWay.size())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void begin(List<String> accounts, Instant now) {
    if (!accounts.isEmpty()) {
      OrphanScan.Begun scan = listings.orphans().begin();
      accounts.forEach(account -> {
        due.put(account, next(account, now));
        underWay.add(account);
        threads.execute(() -> list(account, scan));
      });
    }
  }

  private Instant next(String account, Instant now) {
    return detector.settings().schedule(account).after(now);
  }

  private Set<String> accountsInUse() {
    return primaries
        .all()
        .flatMap(resource -> StatusReader.account(resource).stream())
        .collect(Collectors.toSet());
  }

  private void list(String account, OrphanScan.Begun scan) {
    try {
      detector.list(account, scan).forEach(this::trigger);
    } catch (RuntimeException e) {
      LOG.error("The listing of account {} failed unexpectedly", account, e);
    } finally {
      underWay.remove(account);
    }
  }

  private void trigger(ResourceId resource) {
    propagateEvent(new ResourceID(resource.name(), resource.namespace()));
  }
}
