package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a converged resource is checked. Its account is listed once per resync interval, or
 * more often for orphans, for all of its resources. A full check reads the instance by its id and
 * sees what a listing may lack (configuration, {@code disabled}), so it is due much less often.
 *
 * @param resync between two checks of a resource
 * @param fullCheck between two reads of the instance by its id
 * @param secretsWatched whether an event tells of a changed Secret; otherwise each check reads them
 */
public record ResyncIntervals(Duration resync, Duration fullCheck, boolean secretsWatched) {
  /** Listings for one full check. */
  public static final int LISTINGS = 12;

  private static final Duration SELDOMEST = Duration.ofDays(1);

  /** After a start what has changed goes first: it needs the service and the CPU. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Where the listings of accounts see what happens between two full checks. */
  public static ResyncIntervals withListings(Duration resync, boolean secretsWatched) {
    Duration fullCheck = resync.multipliedBy(LISTINGS);
    Duration bounded = fullCheck.compareTo(SELDOMEST) > 0 ? SELDOMEST : fullCheck;
    return new ResyncIntervals(
        resync, bounded.compareTo(resync) < 0 ? resync : bounded, secretsWatched);
  }

  /** A resource with an interval of its own gets a full check as often as that says. */
  public ResyncIntervals of(ConnectWiseInstance resource) {
    return SpecDefaults.of(resource)
        .resyncInterval()
        .map(own -> new ResyncIntervals(own, own, secretsWatched))
        .orElse(this);
  }

  /**
   * A resource that is not ready gets a full check at every resync: a person mends it, perhaps
   * where no listing shows it, and wants to see that it helped.
   */
  ResyncIntervals after(Reason reason) {
    return reason.kind() == Reason.Kind.READY
        ? this
        : new ResyncIntervals(resync, resync, secretsWatched);
  }

  /** Until the next full check, right after one. */
  Duration afterFullCheck(String uid, Instant now) {
    return Duration.between(now, new JitteredSchedule(uid, fullCheck).afterDoneAt(now));
  }

  /** Until the next full check, where the time of the last one is unknown. */
  Duration afterStart(String uid, Instant now) {
    Duration wait = Duration.between(now, new JitteredSchedule(uid, fullCheck).after(now));
    return wait.compareTo(QUIET) < 0 ? wait.plus(QUIET) : wait;
  }
}
