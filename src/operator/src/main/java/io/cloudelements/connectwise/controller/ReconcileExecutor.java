package io.cloudelements.connectwise.controller;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread for each pass: a pass mostly waits for the service, 9–26 s for a creation
 * (contract §2), and what costs CPU and sockets is bounded where it is spent. On a standby the
 * threads wait for leadership before they look at anything.
 *
 * <p>Only so many are on their way at a time, to a place (see {@link PassPlaces}) and until they
 * have read what they begin with. After a start all resources have a pass at once, and a thread
 * that waits costs ten times its resource. The last to come goes first: all are through within
 * seconds, and one that is new, or called to its place, does not stand behind ten thousand that
 * only look.
 */
public final class ReconcileExecutor extends AbstractExecutorService {
  private static final int ENTRANCES = 64;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Leadership leadership;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Thread> entering = ConcurrentHashMap.newKeySet();
  private int entrances = ENTRANCES;

  public ReconcileExecutor(Leadership leadership) {
    this.leadership = leadership;
  }

  @Override
  public synchronized void execute(Runnable pass) {
    if (threads.isShutdown()) {
      throw new RejectedExecutionException("the operator stops");
    }
    waiting.push(pass);
    begin();
  }

  private synchronized void begin() {
    while (entrances > 0 && !waiting.isEmpty()) {
      entrances--;
      Runnable pass = waiting.pop();
      threads.execute(() -> run(pass));
    }
  }

  private void run(Runnable pass) {
    entering.add(Thread.currentThread());
    try {
      if (leadership.await()) {
        pass.run();
      }
    } finally {
      entered();
    }
  }

  /** The calling thread's pass has read what it begins with, or is over: the next one may come. */
  void entered() {
    if (entering.remove(Thread.currentThread())) {
      next();
    }
  }

  private synchronized void next() {
    entrances++;
    begin();
  }

  @Override
  public synchronized void shutdown() {
    waiting.clear();
    leadership.stopWaiting();
    threads.shutdown();
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    waiting.clear();
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
