package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits how often one resource is recreated without a person: whatever makes its instances look
 * gone, an hour brings at most one more. Independent of what the answers mean, and recorded in the
 * status before the {@code POST}, so that it survives a restart.
 */
final class RecreationInterval {
  static final Duration LENGTH = Duration.ofHours(1);

  private RecreationInterval() {}

  /**
   * When the next recreation may begin; empty when one may begin now. A date further ahead than the
   * interval comes from a clock that has been set back since, and limits nothing.
   */
  static Optional<Instant> remaining(Recorded recorded, Instant now) {
    return recorded
        .recreatedAt()
        .filter(at -> Duration.between(at, now).abs().compareTo(LENGTH) < 0)
        .map(at -> at.plus(LENGTH));
  }
}
