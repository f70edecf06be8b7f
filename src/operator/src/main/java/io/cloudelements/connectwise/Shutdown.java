package io.cloudelements.connectwise;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this process ends: in good order when it is asked to, at once when it must. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  /**
   * For reconciles under way at the end: a creation of the usual 9–26 s (contract §2) may still
   * bring its token, and what is cut off is found again by the next leader.
   */
  static final Duration GRACE = Duration.ofSeconds(25);

  /** A little more than the reconciles under way get; a pod gets 30 s altogether. */
  private static final Duration LIMIT = GRACE.plusSeconds(3);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int code = 1;

  private Shutdown() {}

  /** SIGTERM and SIGINT count as a request from now on. */
  static Shutdown onSignal() {
    Shutdown end = new Shutdown();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(end::awaitOrder));
    return end;
  }

  /** Counted down when the process is asked to end. */
  CountDownLatch requested() {
    return requested;
  }

  /**
   * Runs the operator and ends the process with the code that it returns; with 1 when it throws,
   * also when other threads still run. A shutdown that a signal began has a code of its own
   * already, which only halting replaces.
   */
  void after(IntSupplier operator) {
    try {
      code = operator.getAsInt();
    } catch (RuntimeException | Error e) {
      LOG.error("The operator cannot go on: {}", e, e);
    } finally {
      done.countDown();
      Runtime.getRuntime().halt(code);
    }
  }

  /** Another replica may lead by now, or nothing is watched any more: not one write more. */
  static void atOnce(String why) {
    LOG.error("{}. This process ends.", why);
    Runtime.getRuntime().halt(1);
  }

  private void awaitOrder() {
    requested.countDown();
    try {
      if (!done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The shutdown did not complete within {} s", LIMIT.toSeconds());
      }
      Runtime.getRuntime().halt(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
