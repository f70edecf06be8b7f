package io.cloudelements.connectwise.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Holds recreation back when many instances of one account disappear within one resync interval:
 * that is a fault, or a lost privilege, far more often than intended deletions. A lost instance
 * counts for the whole interval, even when its resource has another one by then. The count is lost
 * with the process.
 */
public final class RecreationGuard {
  private final MassThreshold rule;
  private final Duration interval;
  private final ToIntFunction<String> population;
  private final Map<String, Map<Long, Instant>> goneByAccount = new HashMap<>();

  /**
   * @param limit so many may be gone at once
   * @param interval in which disappearances count together
   * @param population how many resources an account has
   */
  public RecreationGuard(int limit, Duration interval, ToIntFunction<String> population) {
    this.rule = new MassThreshold(limit);
    this.interval = interval;
    this.population = population;
  }

  /** Notes that an instance is gone, and says whether it must not be recreated. */
  public synchronized boolean holds(String account, long instance, Instant now) {
    Map<Long, Instant> gone = recent(account, now);
    gone.put(instance, now);
    return rule.isExceeded(gone.size(), population.applyAsInt(account));
  }

  /**
   * Notes that a listing of the account lacks these instances: too many of them hold recreation
   * before the first is made, even where each is checked alone.
   */
  public synchronized void absent(String account, Collection<Long> instances, Instant now) {
    Map<Long, Instant> gone = recent(account, now);
    instances.forEach(instance -> gone.put(instance, now));
    if (gone.isEmpty()) {
      goneByAccount.remove(account);
    }
  }

  private Map<Long, Instant> recent(String account, Instant now) {
    // Of all accounts: of one that is not used any more nothing would ever go.
    goneByAccount
        .values()
        .removeIf(gone -> {
          // A date from ahead is left over from before the clock was set back.
          gone.values()
              .removeIf(since -> Duration.between(since, now).abs().compareTo(interval) > 0);
          return gone.isEmpty();
        });
    return goneByAccount.computeIfAbsent(account, _ -> new HashMap<>());
  }

  /** Notes that an instance is there. */
  public synchronized void seen(String account, long instance) {
    goneByAccount.computeIfPresent(
        account,
        (_, gone) -> {
          gone.remove(instance);
          return gone.isEmpty() ? null : gone;
        });
  }
}
