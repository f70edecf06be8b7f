package io.cloudelements.connectwise.schedule;

import java.util.function.Supplier;

/** Stands between a reconcile and its two ports. */
interface Ports {
  /**
   * Makes a call, with the fault that the schedule has for it.
   *
   * @param detail what the call is about, for people
   */
  <T> T call(ScheduledOperator caller, PortCall call, Supplier<String> detail, Supplier<T> effect);

  default void run(
      ScheduledOperator caller, PortCall call, Supplier<String> detail, Runnable effect) {
    call(
        caller,
        call,
        detail,
        () -> {
          effect.run();
          return true;
        });
  }
}
