package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs each reconcile in a virtual thread, because a reconcile mostly waits for the service, 9–26 s
 * for a creation (contract §2). On a standby the threads wait for leadership before they look at
 * anything.
 *
 * <p>Bounds how many read their input from the API server: after a start all resources have a
 * reconcile at once, and a thread that waits costs ten times its resource. The last to come goes
 * first, and new work has places of its own beside full checks, so that a new resource is not
 * behind ten thousand that only look.
 */
public final class ReconcileExecutor extends AbstractExecutorService {
  /** Threads that have not read their input yet. */
  private static final int BEGINNING = 64;

  /** Together as many as there are connections to the API server. */
  private static final int READING_NEW_WORK = 24;

  private static final int READING_FULL_CHECKS = 8;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Leadership leadership;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Thread> beginning = ConcurrentHashMap.newKeySet();
  private final Semaphore newWork = new Semaphore(READING_NEW_WORK, true);
  private final Semaphore fullChecks = new Semaphore(READING_FULL_CHECKS, true);
  private int mayBegin = BEGINNING;

  public ReconcileExecutor(Leadership leadership) {
    this.leadership = leadership;
  }

  @Override
  public synchronized void execute(Runnable reconcile) {
    if (threads.isShutdown()) {
      throw new RejectedExecutionException("the operator stops");
    }
    waiting.push(reconcile);
    begin();
  }

  private synchronized void begin() {
    while (mayBegin > 0 && !waiting.isEmpty()) {
      mayBegin--;
      Runnable reconcile = waiting.pop();
      threads.execute(() -> run(reconcile));
    }
  }

  private void run(Runnable reconcile) {
    beginning.add(Thread.currentThread());
    try {
      if (leadership.await()) {
        reconcile.run();
      }
    } finally {
      hasBegun();
    }
  }

  /** Reads the input of the calling thread's reconcile, when a place is free. */
  <T> T read(Priority priority, Supplier<T> reading) {
    Semaphore places = priority == Priority.DRIFT ? fullChecks : newWork;
    places.acquireUninterruptibly();
    try {
      return reading.get();
    } finally {
      places.release();
      hasBegun();
    }
  }

  /** The calling thread has read its input, or ends: the next one may begin. */
  private void hasBegun() {
    if (beginning.remove(Thread.currentThread())) {
      next();
    }
  }

  private synchronized void next() {
    mayBegin++;
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
