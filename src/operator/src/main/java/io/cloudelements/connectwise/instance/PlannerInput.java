package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The input of one decision of {@link InstancePlanner}.
 *
 * @param recreationHeld too many instances of the account are gone at once
 */
public record PlannerInput(
    DesiredInstance desired,
    Recorded recorded,
    Observation seen,
    ProvisioningWindow window,
    boolean recreationHeld,
    Instant now) {

  /**
   * How often one resource is recreated without a person: at most once an hour, for every cause
   * that makes its instances look gone. Independent of what the answers mean, and recorded in the
   * status before the {@code POST}, so that it survives a restart.
   */
  private static final Duration RECREATION_INTERVAL = Duration.ofHours(1);

  /** The record is of another account than the one asked for now. */
  boolean inOtherAccount() {
    return recorded.account().filter(account -> !desired.account().isKnownAs(account)).isPresent();
  }

  /** What {@code confirm-recreate} has to be to begin anew in the account asked for now. */
  Optional<String> toBeginAnew() {
    return Confirmation.toBeginAnew(recorded, desired.account().fingerprint());
  }

  /** Whether a person named just that. */
  boolean beginsAnew() {
    return toBeginAnew().isPresent() && toBeginAnew().equals(desired.confirmations().recreate());
  }

  /**
   * When the next recreation may begin; empty when one may begin now. A date further ahead than the
   * interval comes from a clock that has been set back since, and limits nothing.
   */
  Optional<Instant> recreationDelayedUntil() {
    return recorded
        .recreatedAt()
        .filter(at -> Duration.between(at, now).abs().compareTo(RECREATION_INTERVAL) < 0)
        .map(at -> at.plus(RECREATION_INTERVAL));
  }

  /**
   * Far enough ahead that a clock must have been set back; a little ahead, the date is kept, since
   * the process that recorded it may still send.
   */
  boolean beginsInFuture(Intent intent) {
    return intent.startedAt().isAfter(window.closesAt(new Intent(intent.attempt(), now)));
  }

  boolean windowOpen(Intent intent) {
    return now.isBefore(window.closesAt(intent));
  }
}
