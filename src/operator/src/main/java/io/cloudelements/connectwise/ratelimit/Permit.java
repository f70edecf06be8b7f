package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;

/** Allows the calls of one reconcile. Its state belongs to the queue and changes under its lock. */
public final class Permit {
  private final AccountKey key;
  private final Priority priority;

  /** Whether this is the probe of an open breaker, and its outcome is not known yet. */
  private boolean probe;

  private volatile boolean released;

  Permit(AccountKey key, Priority priority, boolean probe) {
    this.key = key;
    this.priority = priority;
    this.probe = probe;
  }

  public AccountKey key() {
    return key;
  }

  Priority priority() {
    return priority;
  }

  boolean isProbe() {
    return probe;
  }

  void isProbe(boolean now) {
    probe = now;
  }

  boolean isReleased() {
    return released;
  }

  /** Whether it was not released before. */
  boolean release() {
    boolean first = !released;
    released = true;
    return first;
  }
}
