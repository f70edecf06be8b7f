package io.cloudelements.simulator;

/**
 * Is told of each call at the moments that matter, on the thread that serves it and while it waits:
 * the place to kill a process between an effect and its answer.
 */
public interface CallListener {

  /** The call is here; nothing was looked at. */
  default void arrived(Call call) {}

  /** The call is about to take effect. Not called when a fault keeps it from that. */
  default void beforeEffect(Call call) {}

  /** The call has taken effect, and nothing was answered yet. */
  default void afterEffect(Call call) {}
}
