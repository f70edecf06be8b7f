package io.cloudelements.connectwise.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * The latest orphans and duplicates of every account, as the page {@code /orphans} shows them. It
 * holds no token, since listings bring none that far.
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

  /** The page, as JSON. */
  public synchronized String json(Instant now) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.put("enabled", enabled());
    whyNot.ifPresent(reason -> page.put("reason", reason));
    ArrayNode accounts = page.putArray("accounts");
    scans.forEach((account, scan) -> {
      ObjectNode entry = accounts.addObject();
      entry.put("account", account);
      entry.put("listedAt", scan.at().toString());
      ArrayNode orphans = entry.putArray("orphans");
      scan.found().orphans().forEach(orphan -> orphans.add(json(orphan, now)));
      ArrayNode duplicates = entry.putArray("duplicates");
      scan.found().duplicates().forEach(duplicate -> duplicates.add(json(duplicate)));
    });
    return page.toPrettyString() + "\n";
  }

  private static ObjectNode json(Orphan orphan, Instant now) {
    ListedInstance instance = orphan.instance();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", instance.id());
    instance.name().ifPresent(name -> node.put("name", name));
    instance.elementKey().ifPresent(element -> node.put("element", element));
    ArrayNode tags = node.putArray("tags");
    new TreeSet<>(instance.tags().orElse(Set.of())).forEach(tags::add);
    node.put("ownershipTag", orphan.ownershipTag());
    node.put(
        "cause",
        switch (orphan.cause()) {
          case NO_RESOURCE -> "NoResource";
          case RESOURCE_IN_OTHER_ACCOUNT -> "ResourceInOtherAccount";
        });
    instance
        .createdAt()
        .ifPresent(created -> {
          node.put("createdAt", created.toString());
          node.put("ageSeconds", Math.max(0, Duration.between(created, now).toSeconds()));
        });
    return node;
  }

  private static ObjectNode json(Orphans.Duplicate duplicate) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("namespace", duplicate.resource().namespace());
    node.put("name", duplicate.resource().name());
    duplicate.inUse().ifPresent(id -> node.put("inUse", id));
    ArrayNode others = node.putArray("others");
    duplicate.others().forEach(others::add);
    return node;
  }

  private static Set<Long> ids(Orphans.Found found) {
    return found.orphans().stream()
        .map(orphan -> orphan.instance().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
