package io.cloudelements.connectwise.kubernetes;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread for each pass, however many: a pass mostly waits for the service, 9–26 s for a
 * creation (contract §2), and what costs CPU and sockets is bounded where it is spent. On a standby
 * the threads wait for leadership before they look at anything.
 */
final class LeaderOnlyExecutor extends AbstractExecutorService {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Leadership leadership;

  LeaderOnlyExecutor(Leadership leadership) {
    this.leadership = leadership;
  }

  @Override
  public void execute(Runnable pass) {
    threads.execute(() -> {
      if (leadership.await()) {
        pass.run();
      }
    });
  }

  @Override
  public void shutdown() {
    leadership.stopWaiting();
    threads.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(timeout, unit);
  }
}
