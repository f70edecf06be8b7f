package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DeletionPlanner;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.PlannerInput;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds deletions of instances when many resources of one account are deleted within ten minutes: a
 * pruned folder or a lost namespace far more often than a wish. The resources are counted by the
 * times at which their deletion was asked for, as the API server has them, so a restart changes
 * nothing while they are there. Those that are gone are remembered for ten minutes by this process
 * alone: after a restart at most {@code limit} more go before the next is held.
 */
public final class DeletionGuard {
  /** Deletions that are asked for within so long belong together. */
  private static final Duration WINDOW = Duration.ofMinutes(10);

  /**
   * A deletion that was let go.
   *
   * @param asked when the resource was deleted
   * @param let when its instance was
   */
  private record Deletion(Instant asked, Instant let) {}

  private final Optional<MassThreshold> threshold;
  private final Function<String, ? extends Collection<ConnectWiseInstance>> population;
  private final Map<String, Map<String, Deletion>> letGo = new HashMap<>();

  /**
   * @param limit so many may be deleted at once in any account; 0: none is ever held
   * @param population the resources that record an account, by its fingerprint
   */
  public DeletionGuard(
      int limit, Function<String, ? extends Collection<ConnectWiseInstance>> population) {
    this.threshold = Optional.of(limit).filter(most -> most > 0).map(MassThreshold::new);
    this.population = population;
  }

  /** Whether it holds any deletion. */
  boolean isOn() {
    return threshold.isPresent();
  }

  /** Holds nothing. */
  public static DeletionGuard off() {
    return new DeletionGuard(0, _ -> List.of());
  }

  /**
   * The planner's next action, or that the deletion waits for a person. Only a deletion that would
   * be sent is held, so an instance that is kept, released or gone already never is.
   */
  Action before(Action next, ReconcileInput input, PlannerInput plannerInput) {
    return next instanceof Action.Delete deletion
        ? threshold
            .filter(rule -> holds(rule, deletion, input, plannerInput))
            .map(_ -> DeletionPlanner.held(deletion, plannerInput, account(input)))
            .orElse(next)
        : next;
  }

  private synchronized boolean holds(
      MassThreshold rule, Action.Delete deletion, ReconcileInput input, PlannerInput plannerInput) {
    String account = plannerInput.desired().account().fingerprint();
    Instant now = plannerInput.now();
    Instant asked = asked(input.resource()).orElse(now);
    forgetThoseBefore(now);
    Map<String, Deletion> gone = letGo.computeIfAbsent(account, _ -> new HashMap<>());
    boolean held =
        !isConfirmed(deletion, input, plannerInput, asked)
            && (plannerInput.recorded().deletionHeld()
                || isOneOfMany(rule, input, account, asked, gone));
    if (!held) {
      gone.put(input.metadata().getUid(), new Deletion(asked, now));
    }
    return held;
  }

  /** Of all accounts: of one in which nothing is deleted any more nothing would ever go. */
  private void forgetThoseBefore(Instant now) {
    letGo
        .values()
        .removeIf(gone -> {
          // A date from ahead is left over from before the clock was set back.
          gone.values().removeIf(earlier -> !within(earlier.let(), now));
          return gone.isEmpty();
        });
  }

  private static boolean isConfirmed(
      Action.Delete deletion, ReconcileInput input, PlannerInput plannerInput, Instant asked) {
    return DeletionPlanner.isConfirmed(deletion, plannerInput)
        || (input.account() instanceof AccountSource.Open open && open.letsDelete(asked));
  }

  private boolean isOneOfMany(
      MassThreshold rule,
      ReconcileInput input,
      String account,
      Instant asked,
      Map<String, Deletion> gone) {
    String own = input.metadata().getUid();
    Collection<ConnectWiseInstance> all = population.apply(account);
    List<String> others =
        all.stream()
            .filter(DeletionGuard::losesInstance)
            .map(DeletionGuard::uid)
            .filter(uid -> !uid.equals(own))
            .toList();
    long goneOnes =
        gone.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(own) && within(entry.getValue().asked(), asked))
            .count();
    // One that was let go may still be in the cache, and counts once.
    long shownTwice = others.stream().filter(gone::containsKey).count();
    long total = others.size() - shownTwice + goneOnes + 1;
    long least = rule.leastBeyond(total);
    long deleted =
        all.stream()
            .filter(other -> !uid(other).equals(own) && !gone.containsKey(uid(other)))
            .filter(other -> asked(other).filter(then -> within(then, asked)).isPresent())
            .filter(DeletionGuard::losesInstance)
            .limit(least)
            .count();
    return rule.isExceeded(deleted + goneOnes + 1, total);
  }

  /** Whether its deletion deletes an instance, as far as spec and status say. */
  static boolean losesInstance(ConnectWiseInstance resource) {
    SpecDefaults spec = SpecDefaults.of(resource);
    Recorded recorded = StatusReader.recorded(resource);
    return resource.getMetadata().getFinalizers().contains(ClusterWrites.FINALIZER)
        && spec.policy().equals(Optional.of(ManagementPolicy.MANAGE))
        && spec.deletionPolicy().equals(Optional.of(DeletionPolicy.DELETE))
        && recorded.mayHaveInstance()
        && recorded.openAdoption().isEmpty();
  }

  /** When the deletion of a resource was asked for; empty when it was not. */
  static Optional<Instant> asked(ConnectWiseInstance resource) {
    try {
      return Optional.ofNullable(resource.getMetadata().getDeletionTimestamp()).map(Instant::parse);
    } catch (DateTimeException e) {
      // An object from elsewhere: the API server writes the date itself.
      return Optional.empty();
    }
  }

  private static String uid(ConnectWiseInstance resource) {
    return resource.getMetadata().getUid();
  }

  private static Optional<ResourceId> account(ReconcileInput input) {
    return input.account() instanceof AccountSource.Open open
        ? Optional.of(open.name())
        : Optional.empty();
  }

  private static boolean within(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(WINDOW) <= 0;
  }
}
