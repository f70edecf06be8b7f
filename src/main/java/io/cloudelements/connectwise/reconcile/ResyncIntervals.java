package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a converged resource is looked at. Its account is listed once per resync interval for
 * all of its resources, so that a look by id, which sees what a listing may lack (configuration,
 * {@code disabled}), is due much less often.
 *
 * @param resync between two checks of a resource
 * @param look between two looks at the instance by its id
 * @param secretsWatched whether an event tells of a changed Secret; otherwise each check reads them
 */
public record ResyncIntervals(Duration resync, Duration look, boolean secretsWatched) {
  /** Rounds of listings for one look by id. */
  public static final int ROUNDS = 12;

  private static final Duration SELDOMEST = Duration.ofDays(1);

  /** After a start nobody asks about what has not changed: others need the service and the CPU. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Where the listings of accounts see what happens between two looks. */
  public static ResyncIntervals withListings(Duration resync, boolean secretsWatched) {
    Duration look = resync.multipliedBy(ROUNDS);
    Duration bounded = look.compareTo(SELDOMEST) > 0 ? SELDOMEST : look;
    return new ResyncIntervals(
        resync, bounded.compareTo(resync) < 0 ? resync : bounded, secretsWatched);
  }

  /** A resource with an interval of its own is looked at by id as often as that says. */
  public ResyncIntervals of(ConnectWiseInstance resource) {
    return SpecDefaults.of(resource)
        .resyncInterval()
        .map(own -> new ResyncIntervals(own, own, secretsWatched))
        .orElse(this);
  }

  /**
   * Where something is amiss a person is about to mend it, perhaps where no listing shows it, and
   * wants to see that it helped: such a resource is looked at by id at every resync.
   */
  ResyncIntervals after(Reason reason) {
    return reason.kind() == Reason.Kind.READY
        ? this
        : new ResyncIntervals(resync, resync, secretsWatched);
  }

  /** Until the next look, right after one. */
  Duration afterLook(String uid, Instant now) {
    return Duration.between(now, new JitteredSchedule(uid, look).afterDoneAt(now));
  }

  /** Until the next look, where nobody knows when the last one was. */
  Duration afterStart(String uid, Instant now) {
    Duration wait = Duration.between(now, new JitteredSchedule(uid, look).after(now));
    return wait.compareTo(QUIET) < 0 ? wait.plus(QUIET) : wait;
  }
}
