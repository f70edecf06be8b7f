package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All reconciles of a start come at once; their threads must not. */
class ReconcileExecutorTest {
  private static final int BEGINNING = 64;
  private static final int MANY = 1_000;

  private final ReconcileExecutor threads = new ReconcileExecutor(Leadership.alone());
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @AfterEach
  void stop() {
    end.countDown();
    threads.shutdown();
  }

  /** A thread of a test that fails on purpose may end during the next test. */
  private static ConditionFactory await() {
    return Awaitility.await().dontCatchUncaughtExceptions();
  }

  @Test
  void boundsReconcilesThatHaveNotReadTheirInput() {
    // When
    IntStream.range(0, MANY).forEach(_ -> threads.execute(this::reconcile));
    // Then
    await().until(() -> begun.get() == BEGINNING);
    end.countDown();
    await().until(() -> ended.get() == MANY);
    assertThat(begun).hasValue(MANY);
  }

  /** A new resource, after a start with ten thousand that only look. */
  @Test
  void runsTheLatestReconcileFirst() throws Exception {
    // Given
    CountDownLatch slotIsFree = new CountDownLatch(1);
    IntStream.range(1, BEGINNING).forEach(_ -> threads.execute(this::reconcile));
    threads.submit(() -> {
      begun.incrementAndGet();
      slotIsFree.await();
      return true;
    });
    await().until(() -> begun.get() == BEGINNING);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    // When
    IntStream.range(0, 3).forEach(i -> threads.execute(() -> order.add(i)));
    slotIsFree.countDown();
    // Then
    await().until(() -> order.size() == 3);
    assertThat(order).containsExactly(2, 1, 0);
  }

  /** A tenant changes a Secret that a thousand resources name, again and again. */
  @Test
  void aReconcileRunsHoweverManyNewOnesKeepComing() {
    // Given
    AtomicInteger newer = new AtomicInteger();
    CountDownLatch neighbourHasRun = new CountDownLatch(1);
    IntStream.range(0, BEGINNING).forEach(_ -> threads.execute(this::reconcile));
    await().until(() -> begun.get() == BEGINNING);
    threads.execute(neighbourHasRun::countDown);
    // When
    IntStream.range(0, MANY)
        .forEach(_ -> threads.execute(() -> comesAgain(newer, neighbourHasRun)));
    end.countDown();
    // Then
    await().until(() -> ended.get() == BEGINNING && neighbourHasRun.getCount() == 0);
    assertThat(newer).hasValueLessThan(10 * MANY);
  }

  /** Until the neighbour has run, or would not. */
  private void comesAgain(AtomicInteger times, CountDownLatch neighbourHasRun) {
    if (neighbourHasRun.getCount() > 0 && times.incrementAndGet() < 10 * MANY) {
      threads.execute(() -> comesAgain(times, neighbourHasRun));
    }
  }

  /** It may wait for the service as long as it takes. */
  @Test
  void aReconcileReleasesItsSlotAfterReadingItsInput() {
    // When
    IntStream.range(0, MANY)
        .forEach(_ ->
            threads.execute(() -> {
              threads.read(Priority.CREATIONS, () -> true);
              reconcile();
            }));
    // Then
    await().until(() -> begun.get() == MANY);
    assertThat(ended).hasValue(0);
  }

  /** Otherwise the bound would grow with each. */
  @Test
  void aSecondReadReleasesNoSecondSlot() {
    // Given
    threads.execute(() -> {
      threads.read(Priority.CREATIONS, () -> true);
      threads.read(Priority.CREATIONS, () -> true);
      ended.incrementAndGet();
    });
    await().until(() -> ended.get() == 1);
    // When
    IntStream.range(0, MANY).forEach(_ -> threads.execute(this::reconcile));
    // Then
    await().until(() -> begun.get() >= BEGINNING);
    assertThat(begun).hasValue(BEGINNING);
  }

  @Test
  void aFailedReconcileReleasesItsSlot() {
    // Given
    IntStream.range(0, BEGINNING)
        .forEach(_ ->
            threads.execute(() -> {
              throw new ReconcileFailed();
            }));
    // When
    threads.execute(this::reconcile);
    // Then
    await().until(() -> begun.get() == 1);
  }

  @Test
  void shutdownDropsQueuedReconciles() throws Exception {
    // Given
    IntStream.range(0, MANY).forEach(_ -> threads.execute(this::reconcile));
    await().until(() -> begun.get() == BEGINNING);
    // When
    threads.shutdown();
    end.countDown();
    // Then
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ended).hasValue(BEGINNING);
    assertThatThrownBy(() -> threads.execute(this::reconcile))
        .isInstanceOf(RejectedExecutionException.class);
  }

  /** A restart with many resources must not make a new one wait for all of them. */
  @Test
  void creationsDoNotWaitForDriftChecks() throws Exception {
    // Given
    AtomicInteger reading = new AtomicInteger();
    IntStream.range(0, 40)
        .forEach(_ -> threads.execute(() -> threads.read(Priority.DRIFT, () -> awaitEnd(reading))));
    await().until(() -> reading.get() == 8);
    // When
    Future<String> newcomer =
        threads.submit(() -> threads.read(Priority.CREATIONS, () -> "has read"));
    // Then
    try {
      assertThat(newcomer.get(10, TimeUnit.SECONDS)).isEqualTo("has read");
      assertThat(reading).hasValue(8);
    } finally {
      end.countDown();
    }
    await().until(() -> reading.get() == 40);
  }

  private boolean awaitEnd(AtomicInteger reading) {
    reading.incrementAndGet();
    try {
      end.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reconcile() {
    begun.incrementAndGet();
    try {
      end.await();
      ended.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class ReconcileFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
