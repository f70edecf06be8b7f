package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.cloudelements.AccountListing;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.AccountResources;
import io.cloudelements.connectwise.drift.DriftSampler;
import io.cloudelements.connectwise.drift.ExpectedInstance;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.JitteredSchedule;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the listing of an account with its resources. It reads nothing of the cluster but the
 * cache, writes nothing, and concludes nothing: only a reconcile finds out that an instance is
 * gone. A listing that fails says nothing at all.
 */
public final class DriftDetector {
  private static final Logger LOG = LoggerFactory.getLogger(DriftDetector.class);

  private static final int MOST_FULL_CHECKS = 500;

  /**
   * @param interval between two listings of an account
   * @param limit so many resources of an account are believed to differ at once
   * @param mode of the operator
   * @param clock for dates that are compared with others' or shown
   */
  public record ListingSettings(
      String clusterName,
      Duration interval,
      int limit,
      ManagementPolicy mode,
      InstantSource clock) {
    JitteredSchedule schedule(String account) {
      return new JitteredSchedule(clusterName + account, interval);
    }
  }

  private final ListingSettings settings;
  private final PrimaryCache primaries;
  private final SynchronizedMemory memory;
  private final ListingAccess listings;
  private final InstancesApi instances;
  private final RecreationGuard guard;
  private final DriftMetrics meters;

  private final Map<String, DriftSampler> samplers = new ConcurrentHashMap<>();
  private final Map<String, PageRequest> pages = new ConcurrentHashMap<>();
  private final Map<String, String> failing = new ConcurrentHashMap<>();

  public DriftDetector(
      ListingSettings settings,
      PrimaryCache primaries,
      SynchronizedMemory memory,
      ListingAccess listings,
      InstancesApi instances,
      RecreationGuard guard,
      DriftMetrics meters) {
    this.settings = settings;
    this.primaries = primaries;
    this.memory = memory;
    this.listings = listings;
    this.instances = instances;
    this.guard = guard;
    this.meters = meters;
  }

  ListingSettings settings() {
    return settings;
  }

  /** Forgets all other accounts. */
  void keep(Collection<String> accounts) {
    samplers.keySet().retainAll(accounts);
    pages.keySet().retainAll(accounts);
    failing.keySet().retainAll(accounts);
    meters.blind(failing.size());
  }

  /**
   * Lists an account, unless no resource knows its credentials.
   *
   * @param scan begun right before
   * @return resources that need a full check
   */
  Set<ResourceId> list(String account, OrphanScan.Begun scan) {
    try {
      return listings.of(account).map(known -> compared(account, known, scan)).orElse(Set.of());
    } catch (InstancesApiException e) {
      meters.listingFailed();
      String failure = e.failure().getClass().getSimpleName();
      if (!failure.equals(failing.put(account, failure))) {
        LOG.warn(
            "Account {} cannot be listed: until it can, drift is found only by full checks, and"
                + " orphans are not found. {}",
            account,
            FailureOutcomes.of(e.failure(), account, settings.clock().instant()).message());
      }
      meters.blind(failing.size());
      return Set.of();
    }
  }

  private Set<ResourceId> compared(
      String account, ListingAccess.KeptAccess by, OrphanScan.Begun scan) {
    AccountResources before = resources(account);
    AccountInstances listing = listing(account, by.access());
    DriftSampler.DriftSample sample =
        samplers
            .computeIfAbsent(account, _ -> new DriftSampler(settings.limit(), MOST_FULL_CHECKS))
            .plan(resources(account).unchangedSince(before), listing);
    meters.listed(sample);
    if (sample.doubted()) {
      LOG.warn(
          "The listing of account {} shows {} of its resources' instances missing, and more"
              + " different; full checks of {} of them decide whether it is right",
          account,
          sample.absent().size(),
          sample.fullChecks().size());
    }
    guard.absent(account, sample.absent(), settings.clock().instant());
    Set<ResourceId> differing =
        sample.fullChecks().keySet().stream()
            .map(ExpectedInstance::resource)
            .collect(Collectors.toUnmodifiableSet());
    differing.forEach(memory::requestFullCheck);
    scan.end(account, Optional.of(by.access()).filter(_ -> by.remembered()), listing);
    return differing;
  }

  private AccountInstances listing(String account, AccountAccess access) {
    AccountListing.Listed whole =
        AccountListing.whole(instances, access, pages.getOrDefault(account, PageRequest.LARGEST));
    pages.put(account, whole.pages());
    if (failing.remove(account) != null) {
      meters.blind(failing.size());
      LOG.info("Account {} can be listed again", account);
    }
    return new AccountInstances(
        whole.instances(), OwnershipTag.clusterPart(settings.clusterName()));
  }

  private AccountResources resources(String account) {
    return AccountResources.of(
        primaries.inAccount(account),
        new ExpectedInstance.Operation(
            settings.clusterName(), settings.interval(), settings.mode()));
  }
}
