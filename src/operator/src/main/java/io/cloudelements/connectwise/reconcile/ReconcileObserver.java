package io.cloudelements.connectwise.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Observes a reconcile. An implementation runs the reconcile exactly once, on the calling thread,
 * and hands on what it ends with, an exception included.
 */
@FunctionalInterface
public interface ReconcileObserver {
  /** Sees nothing. */
  ReconcileObserver NONE = (_, _, reconcile) -> reconcile.get();

  /**
   * @param gathering how long it took, just now, to gather the input
   * @param reconcile ends with nothing when its resource turned out to be gone
   */
  Optional<ReconcileEnd> observe(
      ReconcileInput input, Duration gathering, Supplier<Optional<ReconcileEnd>> reconcile);

  /** Both observe the reconcile, this one around the other. */
  default ReconcileObserver around(ReconcileObserver inner) {
    return (input, gathering, reconcile) ->
        observe(input, gathering, () -> inner.observe(input, gathering, reconcile));
  }
}
