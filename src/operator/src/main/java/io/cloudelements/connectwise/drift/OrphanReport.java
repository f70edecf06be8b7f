package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.drift.Orphans.KnownResource;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The orphans and duplicates of every account's latest listing, which {@link OrphanPage} shows. An
 * orphan is no longer shown once its cause is another, as when a resource with its tag exists now,
 * because people delete what this page shows. If another resource's status names it, it is shown
 * with that name: otherwise anyone who may write a status could hide one. No token is held, since
 * listings bring none that far.
 */
public final class OrphanReport {
  /** A tenant may make any number of resources whose status names one instance. */
  private static final int MOST_CLAIMANTS = 3;

  private record Scan(Instant at, Orphans.Found found) {}

  private final Optional<String> whyNot;
  private final Map<String, Scan> scans = new TreeMap<>();
  private final AtomicReference<Supplier<Map<String, KnownResource>>> known =
      new AtomicReference<>(Map::of);

  /**
   * @param whyNot why this operator does not look for orphans; empty when it does
   */
  public OrphanReport(Optional<String> whyNot) {
    this.whyNot = whyNot;
  }

  /** Whether orphans are looked for at all. */
  public boolean enabled() {
    return whyNot.isEmpty();
  }

  /**
   * What orphans are compared with when they are shown; without it with no resource at all.
   *
   * @param resources all of the cluster at this moment, by their ownership tag
   */
  public void compareWith(Supplier<Map<String, KnownResource>> resources) {
    known.set(resources);
  }

  /**
   * Takes the place of what was known of this account.
   *
   * @return whether other instances are orphans now than before
   */
  public synchronized boolean found(String account, Orphans.Found found, Instant at) {
    Optional<Scan> before = Optional.ofNullable(scans.put(account, new Scan(at, found)));
    return !ids(found).equals(before.map(scan -> ids(scan.found())).orElse(Set.of()));
  }

  /** Forgets all other accounts. */
  public synchronized void keep(Collection<String> accounts) {
    scans.keySet().retainAll(accounts);
  }

  /** How many orphans the latest listings had. */
  public synchronized int orphans() {
    return scans.values().stream().mapToInt(scan -> scan.found().orphans().size()).sum();
  }

  /** The orphans of the latest listings that still have no resource. */
  public OrphanPage page(Instant now) {
    return page(now, known.get().get());
  }

  private synchronized OrphanPage page(Instant now, Map<String, KnownResource> resources) {
    return new OrphanPage(
        enabled(),
        whyNot.orElse(null),
        scans.entrySet().stream()
            .map(scan -> listed(scan.getKey(), scan.getValue(), now, resources))
            .toList());
  }

  private static OrphanPage.ListedAccount listed(
      String account, Scan scan, Instant now, Map<String, KnownResource> resources) {
    return new OrphanPage.ListedAccount(
        account,
        scan.at().toString(),
        Orphans.still(account, scan.found().orphans(), resources).stream()
            .map(still -> shown(still.orphan(), claimedBy(still.claimants()), now))
            .toList(),
        scan.found().duplicates().stream().map(OrphanReport::shown).toList());
  }

  private static Optional<List<String>> claimedBy(List<ResourceId> claimants) {
    return Optional.of(
            claimants.stream().map(ResourceId::toString).sorted().limit(MOST_CLAIMANTS).toList())
        .filter(names -> !names.isEmpty());
  }

  private static OrphanPage.OrphanedInstance shown(
      Orphan orphan, Optional<List<String>> claimedBy, Instant now) {
    ListedInstance instance = orphan.instance();
    return new OrphanPage.OrphanedInstance(
        instance.id(),
        instance.name().orElse(null),
        instance.elementKey().orElse(null),
        instance.tags().orElse(Set.of()).stream().sorted().toList(),
        orphan.ownershipTag(),
        switch (orphan.cause()) {
          case NO_RESOURCE -> "NoResource";
          case RESOURCE_IN_OTHER_ACCOUNT -> "ResourceInOtherAccount";
        },
        claimedBy.orElse(null),
        instance.createdAt().map(Instant::toString).orElse(null),
        instance
            .createdAt()
            .map(created -> Math.max(0, Duration.between(created, now).toSeconds()))
            .orElse(null));
  }

  private static OrphanPage.DuplicatedResource shown(Orphans.Duplicate duplicate) {
    return new OrphanPage.DuplicatedResource(
        duplicate.resource().namespace(),
        duplicate.resource().name(),
        duplicate.inUse().orElse(null),
        duplicate.others());
  }

  private static Set<Long> ids(Orphans.Found found) {
    return found.orphans().stream()
        .map(orphan -> orphan.instance().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
