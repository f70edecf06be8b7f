package io.cloudelements.connectwise.instance;

import java.time.Instant;

/**
 * The input of one decision of {@link InstancePlanner}.
 *
 * @param recreationHeld too many instances of the account are gone at once
 */
public record Situation(
    DesiredInstance desired,
    Recorded recorded,
    Observation seen,
    ProvisioningWindow window,
    boolean recreationHeld,
    Instant now) {

  /** What is recorded happened in another account than the one asked for now. */
  boolean inOtherAccount() {
    return recorded.account().filter(account -> !desired.account().isKnownAs(account)).isPresent();
  }

  /**
   * Far enough ahead that a clock must have been set back; a little ahead, the date is kept, since
   * whoever recorded it may still send.
   */
  boolean beginsInFuture(Intent intent) {
    return intent.startedAt().isAfter(window.closesAt(new Intent(intent.attempt(), now)));
  }

  boolean windowOpen(Intent intent) {
    return now.isBefore(window.closesAt(intent));
  }
}
