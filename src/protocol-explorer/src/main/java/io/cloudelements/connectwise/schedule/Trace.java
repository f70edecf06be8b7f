package io.cloudelements.connectwise.schedule;

import java.util.function.Supplier;

/** Is told what happens in a run, step by step. */
@FunctionalInterface
interface Trace {
  Trace NONE = (_, _, _, _) -> {};

  /**
   * One line.
   *
   * @param second since the run began
   * @param call with its number, where it is one of the operator's
   */
  void line(long second, String who, Supplier<String> call, Supplier<String> what);
}
