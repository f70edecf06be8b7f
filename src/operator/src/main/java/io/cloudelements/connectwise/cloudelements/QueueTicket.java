package io.cloudelements.connectwise.cloudelements;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a caller holds that waits for its turn at an account. */
final class QueueTicket {
  private final CountDownLatch called = new CountDownLatch(1);
  private volatile boolean admitted;

  void admit() {
    admitted = true;
    called.countDown();
  }

  void sendAway() {
    called.countDown();
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Whether it was called in time, to come in or to go away. */
  boolean await(Duration patience) throws InterruptedException {
    return called.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
