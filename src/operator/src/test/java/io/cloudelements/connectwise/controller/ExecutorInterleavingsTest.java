package io.cloudelements.connectwise.controller;

import static io.cloudelements.connectwise.Interleavings.check;

import io.cloudelements.connectwise.Interleavings;
import io.cloudelements.connectwise.instance.Priority;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The executor of the reconciles under a controlled scheduler, with small bounds. */
@Tag(Interleavings.TAG)
class ExecutorInterleavingsTest {
  private static final ReconcileExecutor.Concurrency SMALL =
      new ReconcileExecutor.Concurrency(2, 1, 1);

  /** Made before the schedules, because it logs. */
  private static Leadership leadership;

  @BeforeAll
  static void lead() {
    leadership = Leadership.alone();
  }

  /** Threads that the scenario has itself: each takes a task that was begun, and runs it. */
  private static final class BegunTasks extends AbstractExecutorService {
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Semaphore any = new Semaphore(0);
    private volatile boolean shutdown;

    @Override
    public void execute(Runnable task) {
      check(!shutdown, "a task begins after the stop");
      tasks.add(task);
      any.release();
    }

    void runNext() throws InterruptedException {
      any.acquire();
      tasks.remove().run();
    }

    void runNextIfAny() {
      if (any.tryAcquire()) {
        tasks.remove().run();
      }
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutdown;
    }
  }

  /** A task that reads its input and ends, and counts who is where. */
  private abstract static class Reconciles extends Interleavings.Scenario {
    final BegunTasks begun = new BegunTasks();
    final ReconcileExecutor executor;
    final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger beginning = new AtomicInteger();
    private final AtomicInteger reading = new AtomicInteger();

    private Reconciles(Function<BegunTasks, ReconcileExecutor> executor) {
      this.executor = executor.apply(begun);
    }

    final void reconcile() {
      check(beginning.incrementAndGet() <= 2, "more begin than the bound");
      executor.read(
          Priority.CREATIONS,
          () -> {
            check(reading.incrementAndGet() == 1, "more read than the bound");
            reading.decrementAndGet();
            beginning.decrementAndGet();
            return true;
          });
      ended.incrementAndGet();
    }
  }

  /** One thread brings four tasks, two run them. */
  private abstract static class FourTasks extends Reconciles {
    private FourTasks(Function<BegunTasks, ReconcileExecutor> executor) {
      super(executor);
    }

    @Override
    protected void run(int thread) throws InterruptedException {
      if (thread == 0) {
        for (int i = 0; i < 4; i++) {
          executor.execute(this::reconcile);
        }
      } else {
        begun.runNext();
        begun.runNext();
      }
    }

    @Override
    protected void atTheEnd() {
      check(ended.get() == 4, "a task was lost");
      executor.execute(this::reconcile);
      executor.execute(this::reconcile);
      check(begun.tasks.size() == 2, "a place was lost");
    }
  }

  public static final class Shipped extends FourTasks {
    public Shipped() {
      super(begun -> new ReconcileExecutor(leadership, begun, SMALL));
    }
  }

  /** The next one begins without the lock. */
  public static final class NextWithoutLock extends FourTasks {
    public NextWithoutLock() {
      super(begun ->
          new ReconcileExecutor(leadership, begun, SMALL) {
            @Override
            void next() {
              mayBegin++;
              begin();
            }
          });
    }
  }

  /** One thread brings three tasks, one stops, one runs what has begun. */
  public static final class Stopped extends Reconciles {
    private final AtomicInteger rejected = new AtomicInteger();

    public Stopped() {
      super(begun -> new ReconcileExecutor(leadership, begun, SMALL));
    }

    @Override
    protected void run(int thread) {
      switch (thread) {
        case 0 -> {
          for (int i = 0; i < 3; i++) {
            bring();
          }
        }
        case 1 -> executor.shutdown();
        default -> begun.runNextIfAny();
      }
    }

    private void bring() {
      try {
        executor.execute(this::reconcile);
      } catch (RejectedExecutionException e) {
        rejected.incrementAndGet();
      }
    }

    @Override
    protected void atTheEnd() throws InterruptedException {
      int rest = begun.tasks.size();
      for (int i = 0; i < rest; i++) {
        begun.runNext();
      }
      check(begun.tasks.isEmpty(), "a task that waited begins after the stop");
      check(ended.get() + rejected.get() <= 3, "a task ran twice, or ran and was rejected");
      bring();
      check(rejected.get() > 0, "a stopped executor takes a task");
    }
  }

  @Test
  void eachTaskRunsOnceAndTheBoundsHold() {
    Interleavings.hold(3, Shipped.class);
  }

  @Test
  void aTaskThatBeginsWithoutTheLockIsFound() {
    Interleavings.fail("a place was lost", 3, NextWithoutLock.class);
  }

  @Test
  void nothingBeginsAfterAStop() {
    Interleavings.hold(3, Stopped.class);
  }
}
