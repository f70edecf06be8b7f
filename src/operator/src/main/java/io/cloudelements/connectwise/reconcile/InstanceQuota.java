package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the instances of an account against the limits of its owner, before a creation is
 * recorded. A resource counts from that moment on, also while the watch does not show it yet, so
 * that many reconciles at once do not create more than there may be.
 */
public final class InstanceQuota {
  /**
   * By then the watch shows what a reconcile recorded; one that recorded nothing frees its place.
   */
  private static final Duration UNSEEN = Duration.ofMinutes(1);

  private final Function<String, Stream<ConnectWiseInstance>> population;

  /** Those of the last minute. */
  private final Map<ResourceId, Place> admitted = new HashMap<>();

  /**
   * A place that the watch may not show yet.
   *
   * @param account its fingerprint: several account objects may open one account
   */
  private record Place(String account, Instant since) {
    boolean isSeen(Instant now) {
      return Duration.between(since, now).abs().compareTo(UNSEEN) > 0;
    }
  }

  /**
   * @param population the resources that record an account, by its fingerprint: a resource with an
   *     instance in it counts, also when it refers to another one by now, and a resource that only
   *     refers to it does not
   */
  public InstanceQuota(Function<String, Stream<ConnectWiseInstance>> population) {
    this.population = population;
  }

  /**
   * The planner's next action, or that there is no place: before the intent is recorded, since what
   * is recorded may have been made.
   */
  Action before(Action next, ReconcileInput input, Instant now) {
    boolean begins = next instanceof Action.RecordIntent(var _, boolean fresh) && fresh;
    return begins && input.account() instanceof AccountSource.Open open
        ? take(open, input.id(), now).map(Action::finish).orElse(next)
        : next;
  }

  /** Takes a place for the resource, or says why there is none. */
  synchronized Optional<Outcome> take(
      AccountSource.Open account, ResourceId resource, Instant now) {
    AccountSource.InstanceLimits limits = account.limits();
    if (limits.instances().isEmpty() && limits.instancesPerNamespace().isEmpty()) {
      return Optional.empty();
    }
    String fingerprint = account.account().fingerprint();
    admitted.values().removeIf(place -> place.isSeen(now));
    Set<ResourceId> others = occupying(fingerprint);
    admitted.forEach((other, place) -> {
      if (place.account().equals(fingerprint)) {
        others.add(other);
      }
    });
    others.remove(resource);
    long ofNamespace =
        others.stream().filter(other -> other.namespace().equals(resource.namespace())).count();
    String name = account.name().toString();
    Optional<Outcome> full =
        full(name, others.size(), limits.instances(), "spec.limits.instances")
            .or(() ->
                full(
                    name,
                    ofNamespace,
                    limits.instancesPerNamespace(),
                    "spec.limits.instancesPerNamespace"));
    if (full.isEmpty()) {
      admitted.put(resource, new Place(fingerprint, now));
    }
    return full;
  }

  private static Optional<Outcome> full(
      String account, long have, Optional<Integer> most, String limit) {
    return most.filter(number -> have >= number)
        .map(number -> AccountOutcomes.quotaReached(account, have, number, limit));
  }

  private Set<ResourceId> occupying(String fingerprint) {
    return population
        .apply(fingerprint)
        .filter(resource ->
            !ReconcileInput.isReleased(resource)
                && StatusReader.recorded(resource).mayHaveInstance())
        .map(SpecDefaults::id)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
