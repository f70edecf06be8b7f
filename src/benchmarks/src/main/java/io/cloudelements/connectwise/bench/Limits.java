package io.cloudelements.connectwise.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Every wait has a limit, so that a case that hangs costs its own figures only. */
final class Limits {
  private Limits() {}

  static void await(String what, Duration limit, Callable<Boolean> condition) {
    await(what, limit, Duration.ofMillis(50), condition);
  }

  static void await(String what, Duration limit, Duration pause, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(pause)
        .atMost(limit)
        .until(condition);
  }

  /** Lets a time pass in which something else is to happen, or nothing. */
  static void waitFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    if (time.isPositive()) {
      await(
          "the end of the window",
          time.plusSeconds(5),
          Duration.ofMillis(5),
          () -> System.nanoTime() >= end);
    }
  }

  static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
