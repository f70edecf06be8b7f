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
 * for a creation (contract §2). On a standby the threads wait for leadership before they read
 * anything.
 *
 * <p>Bounds how many read their input from the API server: after a start all resources have a
 * reconcile at once, and a waiting thread costs ten times its resource. The latest task runs first,
 * and new work has places of its own beside full checks, so that a new resource is not behind ten
 * thousand full checks. One of {@value #OLDEST_EVERY} tasks is the one that waits longest: a tenant
 * whose resources change all the time would otherwise keep it waiting for ever.
 */
public class ReconcileExecutor extends AbstractExecutorService {
  /**
   * How many at once.
   *
   * @param beginning threads that have not read their input yet
   */
  record Concurrency(int beginning, int readingNewWork, int readingFullChecks) {
    /** Those that read are together as many as there are connections to the API server. */
    private static final Concurrency DEFAULTS = new Concurrency(64, 24, 8);
  }

  private static final int OLDEST_EVERY = 4;

  private final ExecutorService threads;
  private final Leadership leadership;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Thread> beginning = ConcurrentHashMap.newKeySet();
  private final Semaphore newWork;
  private final Semaphore fullChecks;

  /** Changes under the lock. */
  int mayBegin;

  /** Tasks that have begun; changes under the lock. */
  private int begun;

  public ReconcileExecutor(Leadership leadership) {
    this(leadership, Executors.newVirtualThreadPerTaskExecutor(), Concurrency.DEFAULTS);
  }

  /**
   * @param threads runs each task at once
   */
  ReconcileExecutor(Leadership leadership, ExecutorService threads, Concurrency concurrency) {
    this.leadership = leadership;
    this.threads = threads;
    this.newWork = new Semaphore(concurrency.readingNewWork(), true);
    this.fullChecks = new Semaphore(concurrency.readingFullChecks(), true);
    this.mayBegin = concurrency.beginning();
  }

  @Override
  public synchronized void execute(Runnable reconcile) {
    if (threads.isShutdown()) {
      throw new RejectedExecutionException("the operator stops");
    }
    waiting.push(reconcile);
    begin();
  }

  final synchronized void begin() {
    while (mayBegin > 0 && !waiting.isEmpty()) {
      mayBegin--;
      begun++;
      Runnable reconcile = begun % OLDEST_EVERY == 0 ? waiting.removeLast() : waiting.pop();
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
  void hasBegun() {
    if (beginning.remove(Thread.currentThread())) {
      next();
    }
  }

  // not private: a test replaces it by one that is broken
  synchronized void next() {
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
