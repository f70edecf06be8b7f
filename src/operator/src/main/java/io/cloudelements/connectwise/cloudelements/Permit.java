package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.SendWindow;
import java.util.function.Supplier;

/** A caller's stay inside an account's gate, for one call or for some that belong together. */
final class Permit implements AutoCloseable {
  private final AccountQueue queue;
  private final Priority priority;

  /** Whether this is the probe of an open breaker, and its outcome is not known yet. */
  private boolean probe;

  Permit(AccountQueue queue, Priority priority, boolean probe) {
    this.queue = queue;
    this.priority = priority;
    this.probe = probe;
  }

  boolean isAt(AccountQueue other) {
    return queue == other;
  }

  /** Makes a call, unless the account was closed since the turn began. */
  <T> T call(SendWindow window, Supplier<T> call) {
    probe = queue.permit(probe, window);
    try {
      T answer = call.get();
      queue.answered();
      probe = false;
      return answer;
    } catch (InstancesApiException e) {
      queue.failed(e.failure(), probe);
      probe = false;
      throw e;
    }
  }

  /** A defect, or a turn in which nothing was called, says nothing about the account. */
  @Override
  public void close() {
    queue.leave(priority, probe);
  }
}
