package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountKey;

/** How a reconcile ended: with a {@linkplain ReconcileResult result}, or in a queue. */
public sealed interface ReconcileEnd permits ReconcileResult, ReconcileEnd.Queued {

  /**
   * No permit of the account is free. Nothing was called or written, and nothing is to be
   * remembered of this reconcile; an event brings the resource back.
   */
  record Queued(AccountKey account) implements ReconcileEnd {}
}
