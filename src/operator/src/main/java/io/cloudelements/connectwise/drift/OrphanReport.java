package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.ListedInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The latest orphans and duplicates of every account, which {@link OrphanPage} shows. It holds no
 * token, since listings bring none that far.
 */
public final class OrphanReport {
  private record Scan(Instant at, Orphans.Found found) {}

  private final Optional<String> whyNot;
  private final Map<String, Scan> scans = new TreeMap<>();

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

  /** How many orphans there are. */
  public synchronized int orphans() {
    return scans.values().stream().mapToInt(scan -> scan.found().orphans().size()).sum();
  }

  /** What is known now. */
  public synchronized OrphanPage page(Instant now) {
    return new OrphanPage(
        enabled(),
        whyNot.orElse(null),
        scans.entrySet().stream()
            .map(scan -> listed(scan.getKey(), scan.getValue(), now))
            .toList());
  }

  private static OrphanPage.ListedAccount listed(String account, Scan scan, Instant now) {
    return new OrphanPage.ListedAccount(
        account,
        scan.at().toString(),
        scan.found().orphans().stream().map(orphan -> shown(orphan, now)).toList(),
        scan.found().duplicates().stream().map(OrphanReport::shown).toList());
  }

  private static OrphanPage.OrphanedInstance shown(Orphan orphan, Instant now) {
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
