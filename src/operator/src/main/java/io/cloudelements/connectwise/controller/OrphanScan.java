package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.drift.Orphans;
import io.cloudelements.connectwise.drift.Orphans.KnownResource;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.status.StatusReader;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds orphans in the listings. It remembers an account after its last resource is gone, in memory
 * only: for a day, in which most orphans come to be, or as long as an account object opens it.
 */
public final class OrphanScan {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanScan.class);
  private static final Duration REMEMBERED = Duration.ofDays(1);

  /**
   * @param access empty where an account object opens it, whose secrets are kept for its resources
   *     alone
   * @param lastUsed on the steady clock
   */
  private record Known(Optional<AccountAccess> access, Instant lastUsed) {
    /** Credentials are kept for no longer than that. */
    Known at(Instant now) {
      return new Known(access.filter(_ -> now.isBefore(lastUsed.plus(REMEMBERED))), lastUsed);
    }
  }

  private final PrimaryCache primaries;
  private final String clusterName;
  private final OrphanReport report;
  private final InstantSource wallClock;
  private final InstantSource steadyClock;
  private final Map<String, Known> accounts = new ConcurrentHashMap<>();

  /** What the last scan began with, for as long as one of its listings is being made. */
  private WeakReference<Map<String, KnownResource>> latest = new WeakReference<>(Map.of());

  /**
   * @param wallClock for dates that are shown
   * @param steadyClock for how long an account is remembered; may not jump
   */
  public OrphanScan(
      String clusterName,
      PrimaryCache primaries,
      OrphanReport report,
      InstantSource wallClock,
      InstantSource steadyClock) {
    this.primaries = primaries;
    this.clusterName = clusterName;
    this.report = report;
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
    report.compareWith(() -> known(_ -> true));
  }

  /** A scan whose listings are being made. */
  interface Begun {
    /**
     * One of its listings is made.
     *
     * @param access what the account may still be listed with when it has no resource any more
     */
    void end(String fingerprint, Optional<AccountAccess> access, AccountInstances listing);
  }

  /**
   * To be called right before the listings are begun that share it: a resource that exists before
   * or after a listing is not a missing resource.
   */
  Begun begin() {
    if (!report.enabled()) {
      return (_, _, _) -> {};
    }
    Map<String, KnownResource> before = before();
    return (fingerprint, access, listing) -> {
      Set<String> listed = listing.owned().keySet();
      Map<String, KnownResource> all = known(listed::contains);
      listed.stream()
          .filter(before::containsKey)
          .forEach(tag -> all.putIfAbsent(tag, before.get(tag)));
      accounts.compute(
          fingerprint,
          (_, known) ->
              known == null || !primaries.inAccount(fingerprint).isEmpty()
                  ? new Known(access, steadyClock.instant())
                  : known);
      Orphans.Found found = Orphans.find(fingerprint, listing, all);
      if (report.found(fingerprint, found, wallClock.instant())) {
        LOG.warn(
            "Account {} has {} instances of this cluster without a resource; {} lists them",
            fingerprint,
            found.orphans().size(),
            OrphanPage.PATH);
      }
    };
  }

  /**
   * While the service hangs, the listings of several scans are in flight, and as a rule nothing
   * changes meanwhile: all of them then hold one map.
   */
  private synchronized Map<String, KnownResource> before() {
    Map<String, KnownResource> now = known(_ -> true);
    Map<String, KnownResource> shared =
        Optional.ofNullable(latest.get()).filter(now::equals).orElse(now);
    latest = new WeakReference<>(shared);
    return shared;
  }

  /**
   * Accounts without resources that are still listed, beside those in use.
   *
   * @param objects accounts that an account object opens
   */
  Set<String> remembered(Collection<String> inUse, Collection<String> objects) {
    Instant now = steadyClock.instant();
    if (report.enabled()) {
      inUse.stream()
          .filter(objects::contains)
          .forEach(account -> accounts.putIfAbsent(account, new Known(Optional.empty(), now)));
    }
    accounts.replaceAll((account, known) -> inUse.contains(account) ? known : known.at(now));
    accounts
        .entrySet()
        .removeIf(entry ->
            entry.getValue().access().isEmpty()
                && !inUse.contains(entry.getKey())
                && !objects.contains(entry.getKey()));
    Set<String> all = new HashSet<>(accounts.keySet());
    all.addAll(inUse);
    report.keep(all);
    return Set.copyOf(accounts.keySet());
  }

  /** The credentials that opened an account in its last listing. */
  Optional<AccountAccess> access(String fingerprint) {
    return Optional.ofNullable(accounts.get(fingerprint)).flatMap(Known::access);
  }

  /**
   * The resources that there are, by their ownership tag.
   *
   * @param wanted of the tags
   */
  private Map<String, KnownResource> known(Predicate<String> wanted) {
    Map<String, KnownResource> known = new HashMap<>();
    primaries
        .all()
        .forEach(resource -> {
          String tag = SpecDefaults.of(resource).ownershipTag(clusterName).value();
          if (wanted.test(tag)) {
            known.put(tag, known(resource));
          }
        });
    return known;
  }

  private static KnownResource known(ConnectWiseInstance resource) {
    return new KnownResource(
        SpecDefaults.id(resource),
        StatusReader.account(resource),
        StatusReader.instanceId(resource));
  }
}
