package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.Resources;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingPlacesTest {
  private final ReadingPlaces places = new ReadingPlaces();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger reading = new AtomicInteger();

  /** A restart with many resources must not make a new one wait for all of them. */
  @Test
  void aNewResourceDoesNotWaitForThoseAtRest() throws Exception {
    // Given
    ConnectWiseInstance atRest = Resources.acme();
    try (ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 100)
          .forEach(_ -> passes.execute(() -> places.read(atRest, this::awaitAnswer)));
      await().until(() -> reading.get() == 8);
      // When
      Future<String> newcomer =
          passes.submit(
              () -> places.read(Resources.acme(acme -> acme.setStatus(null)), () -> "has read"));
      // Then
      try {
        assertThat(newcomer.get(10, TimeUnit.SECONDS)).isEqualTo("has read");
        assertThat(reading).hasValue(8);
      } finally {
        answer.countDown();
      }
    }
    assertThat(reading).hasValue(100);
  }

  private boolean awaitAnswer() {
    reading.incrementAndGet();
    try {
      answer.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
