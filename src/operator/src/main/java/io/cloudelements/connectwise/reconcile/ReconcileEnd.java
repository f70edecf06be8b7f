package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountKey;
import java.time.Duration;
import java.util.Optional;

/** How a reconcile ended: with a {@linkplain ReconcileResult result}, or in a queue. */
public sealed interface ReconcileEnd permits ReconcileResult, ReconcileEnd.Queued {

  /** When to reconcile again; empty: only after an event. */
  Optional<Duration> requeueAfter();

  /**
   * No permit of the account is free. Nothing was called or written, and nothing is to be
   * remembered of this reconcile; an event brings the resource back.
   */
  record Queued(AccountKey account) implements ReconcileEnd {
    /** If the event is lost, the resource asks for a permit again. */
    public static final Duration REQUEUE_AFTER = Duration.ofMinutes(1);

    @Override
    public Optional<Duration> requeueAfter() {
      return Optional.of(REQUEUE_AFTER);
    }
  }
}
