package io.cloudelements.connectwise.instance;

import java.time.Instant;

/**
 * Everything a decision rests on.
 *
 * @param finalizerFound the resource carried the finalizer when this pass began: a {@code POST} may
 *     have been made, whatever the status says
 * @param recreationHeld too many instances of the account are gone at once
 */
public record Situation(
    DesiredInstance desired,
    Recorded recorded,
    Observation seen,
    ProvisioningWindow window,
    boolean recreationHeld,
    Instant now) {

  boolean windowOpen(Intent intent) {
    return now.isBefore(window.closesAt(intent));
  }
}
