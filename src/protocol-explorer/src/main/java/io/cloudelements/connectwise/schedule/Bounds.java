package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.ProvisioningWindow;
import java.time.Duration;

/** The times that everything in a schedule keeps to. */
final class Bounds {
  static final ProvisioningWindow WINDOW =
      ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE);

  /** By how much reads may be behind; less than the visibility margin. */
  static final Duration STALE = Duration.ofSeconds(55);

  static final Duration RESYNC = Duration.ofMinutes(10);

  /** How many reconciles without news a converged resource is given to show any. */
  static final int RESYNC_PERIODS = 10;

  /** More calls than any reconcile needs. */
  static final int CALLS_PER_RECONCILE = 16;

  /** More reconciles than any schedule needs to converge. */
  static final int ATTEMPTS = 250;

  private Bounds() {}
}
