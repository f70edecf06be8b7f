package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.reconcile.MassThreshold;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The listings of one account, and what is kept between two: a difference that a listing shows is
 * checked once, and not again while it stays the same, since the full check has decided it.
 *
 * <p>A listing in which many resources differ is not trusted at once: it may be stale, or made
 * under another privilege, and a full check of each would be the burst that listings are to avoid.
 * A sample is checked first; when all of the sample is confirmed, the others follow.
 */
public final class DriftSampler {
  private static final int SAMPLE = 3;

  private final MassThreshold rule;
  private final int most;
  private final Map<String, ListingComparison.Differs> checked = new HashMap<>();
  private Set<String> sample = Set.of();

  /**
   * @param limit so many resources, or a fifth of the account's, are believed to differ at once
   * @param most full checks that one listing may cause
   */
  public DriftSampler(int limit, int most) {
    this.rule = new MassThreshold(limit);
    this.most = most;
  }

  /**
   * The result of one listing.
   *
   * @param fullChecks resources that need a full check now, with what the listing shows of each
   * @param absent all instances that the listing lacks, where many differ
   * @param doubted whether too many resources differ to trust the listing at once
   */
  public record DriftSample(
      Map<ExpectedInstance, ListingComparison.Differs> fullChecks,
      Set<Long> absent,
      boolean doubted) {}

  /** The result of the full checks of a sample. */
  private enum Sample {
    NONE,
    OPEN,
    WRONG,
    RIGHT
  }

  /** Compares, and decides which resources need a full check. */
  public DriftSample plan(AccountResources resources, AccountInstances account) {
    Map<String, ListingComparison.Differs> claims = new HashMap<>();
    for (ExpectedInstance resource : resources.converged()) {
      if (DriftCheck.check(resource, account) instanceof ListingComparison.Differs claim) {
        claims.put(resource.uid(), claim);
      }
    }
    checked.entrySet().removeIf(entry -> !entry.getValue().equals(claims.get(entry.getKey())));
    if (!rule.isExceeded(claims.size(), resources.converged().size())) {
      sample = Set.of();
      return new DriftSample(fullChecks(resources, claims, most), Set.of(), false);
    }
    Predicate<ExpectedInstance> missing =
        resource -> {
          ListingComparison.Differs claim = claims.get(resource.uid());
          return claim != null && claim.missing();
        };
    Set<Long> absent =
        resources.converged().stream()
            .filter(missing)
            .map(ExpectedInstance::instanceId)
            .collect(Collectors.toUnmodifiableSet());
    return switch (sample(resources, claims)) {
      case RIGHT -> new DriftSample(fullChecks(resources, claims, most), absent, false);
      case OPEN -> new DriftSample(Map.of(), absent, true);
      case NONE, WRONG -> {
        Map<ExpectedInstance, ListingComparison.Differs> fullChecks =
            fullChecks(resources, claims, SAMPLE);
        sample =
            fullChecks.keySet().stream().map(ExpectedInstance::uid).collect(Collectors.toSet());
        yield new DriftSample(fullChecks, absent, true);
      }
    };
  }

  /** A full check that failed or still runs proves nothing, nor does that of a deleted resource. */
  private Sample sample(AccountResources resources, Map<String, ListingComparison.Differs> claims) {
    Set<String> converged =
        resources.converged().stream()
            .map(ExpectedInstance::uid)
            .collect(Collectors.toUnmodifiableSet());
    Predicate<String> known =
        uid ->
            converged.contains(uid)
                || resources.lost().contains(uid)
                || resources.others().contains(uid);
    Set<String> living = sample.stream().filter(known).collect(Collectors.toUnmodifiableSet());
    if (living.isEmpty()) {
      return Sample.NONE;
    }
    if (living.stream().anyMatch(claims::containsKey)) {
      return Sample.WRONG;
    }
    return living.stream().anyMatch(resources.others()::contains) ? Sample.OPEN : Sample.RIGHT;
  }

  private Map<ExpectedInstance, ListingComparison.Differs> fullChecks(
      AccountResources resources, Map<String, ListingComparison.Differs> claims, int atMost) {
    Map<ExpectedInstance, ListingComparison.Differs> fullChecks = new LinkedHashMap<>();
    resources.converged().stream()
        .filter(resource -> claims.containsKey(resource.uid()))
        .filter(resource -> !checked.containsKey(resource.uid()))
        .sorted(Comparator.comparing(ExpectedInstance::uid))
        .limit(atMost)
        .forEach(resource -> fullChecks.put(resource, claims.get(resource.uid())));
    fullChecks.forEach((resource, claim) -> checked.put(resource.uid(), claim));
    return fullChecks;
  }
}
