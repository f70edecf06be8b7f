package io.cloudelements.connectwise.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassPlacesTest {
  private static final ConnectWiseInstance NEW = Resources.acme(acme -> acme.setStatus(null));
  private static final ConnectWiseInstance DELETED =
      Resources.acme(acme -> acme.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z"));
  private static final ConnectWiseInstance NEW_ELSEWHERE =
      Resources.acme(acme -> {
        acme.setStatus(null);
        acme.setSpec(Resources.spec("other-credentials", null, null));
      });

  private final PassPlaces places = new PassPlaces(16);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger underWay = new AtomicInteger();

  /** Each holds what it has gathered; nobody else may wait for them. */
  @Test
  void manyNewResourcesOfOneAccountComeInTurnsAndHoldUpNobodyElse() throws Exception {
    // Given
    try (ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 1_000)
          .forEach(_ -> passes.execute(() -> places.in(NEW, this::awaitAnswer)));
      await().until(() -> underWay.get() == 64);
      // When
      Future<String> deletion = passes.submit(() -> places.in(DELETED, () -> "deleted"));
      Future<String> other = passes.submit(() -> places.in(NEW_ELSEWHERE, () -> "created"));
      // Then
      try {
        assertThat(deletion.get(10, TimeUnit.SECONDS)).isEqualTo("deleted");
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("created");
        assertThat(underWay).hasValue(64);
      } finally {
        answer.countDown();
      }
    }
    assertThat(underWay).hasValue(1_000);
    assertThat(places.size()).isZero();
  }

  private boolean awaitAnswer() {
    underWay.incrementAndGet();
    try {
      answer.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
