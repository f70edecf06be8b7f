package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.FixedSecretVersions;
import io.cloudelements.connectwise.reconcile.Resources;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One read for many reconciles, none of which gets a version older than its trigger. */
class SecretReadsTest {
  private static final ResourceId ACME = new ResourceId("integrations", "acme");
  private static final ResourceId OTHER = new ResourceId("integrations", "other");

  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final FixedSecretVersions watch = new FixedSecretVersions();
  private volatile Optional<Secret> stored = Optional.of(Resources.secret("acme", "5"));
  private volatile boolean broken;
  private final SecretReads secrets = new SecretReads(this::read, watch, nanoTime::get);

  @Test
  void sharesAReadWithSessionsOpenedBeforeIt() {
    // Given
    List<SecretReads.Session> reconciles =
        IntStream.range(0, 1_000).mapToObj(_ -> begun(ACME)).toList();
    nanoTime.incrementAndGet();
    // When
    List<Optional<Secret>> found =
        reconciles.stream().map(reconcile -> reconcile.read(ACME)).toList();
    // Then
    assertThat(found).allMatch(stored::equals);
    assertThat(reads).hasValue(1);
  }

  /** Its trigger may be the change that the earlier read did not see. */
  @Test
  void aSessionOpenedAfterAReadReadsAgain() {
    // Given
    try (var first = begun(ACME)) {
      first.read(ACME);
      nanoTime.incrementAndGet();
      stored = Optional.of(Resources.secret("acme", "6"));
      // When
      try (var second = begun(ACME)) {
        // Then
        assertThat(second.read(ACME)).isEqualTo(stored);
      }
    }
  }

  /** Reconciles that wait for a busy account come one by one, and each would hold its mebibyte. */
  @Test
  void keepsEqualSecretsOnce() {
    // Given
    try (var first = begun(ACME)) {
      Secret held = first.read(ACME).orElseThrow();
      nanoTime.incrementAndGet();
      stored = Optional.of(Resources.secret("acme", "5"));
      // When
      try (var second = begun(ACME)) {
        // Then
        assertThat(second.read(ACME).orElseThrow()).isSameAs(held);
        assertThat(reads).hasValue(2);
      }
    }
  }

  /** A password that is rotated while reconciles wait for their turn. */
  @Test
  void readsASecretAgainAfterAWatchedChange() {
    // Given
    var first = begun(ACME);
    var second = begun(ACME);
    first.read(ACME);
    stored = Optional.of(Resources.secret("acme", "6"));
    // When
    watch.show("acme", "6");
    // Then
    assertThat(second.read(ACME)).isEqualTo(stored);
    assertThat(reads).hasValue(2);
  }

  @Test
  void readsASecretAgainAfterItsCreation() {
    // Given
    stored = Optional.empty();
    var first = begun(ACME);
    var second = begun(ACME);
    assertThat(first.read(ACME)).isEmpty();
    stored = Optional.of(Resources.secret("acme", "6"));
    // When
    watch.show("acme", "6");
    // Then
    assertThat(second.read(ACME)).isEqualTo(stored);
  }

  /** A watch that lags behind shows what is older than what was read. */
  @Test
  void ignoresAnOlderVersionInTheWatch() {
    // Given
    var first = begun(ACME);
    var second = begun(ACME);
    watch.show("acme", "4");
    first.read(ACME);
    // When
    second.read(ACME);
    // Then
    assertThat(reads).hasValue(1);
  }

  @Test
  void sharesNoReadsWithoutAWatch() {
    // Given
    watch.blind();
    var first = begun(ACME);
    var second = begun(ACME);
    first.read(ACME);
    // When
    second.read(ACME);
    // Then
    assertThat(reads).hasValue(2);
  }

  @Test
  void doesNotShareAFailedRead() {
    // Given
    var first = begun(ACME);
    var second = begun(ACME);
    broken = true;
    assertThatThrownBy(() -> first.read(ACME)).isInstanceOf(KubernetesClientException.class);
    // When
    broken = false;
    // Then
    assertThat(second.read(ACME)).isEqualTo(stored);
  }

  /** Even while it is under way. */
  @Test
  void concurrentSessionsShareOneRead() throws Exception {
    // Given
    CountDownLatch answer = new CountDownLatch(1);
    SecretReads slow =
        new SecretReads(
            id -> {
              Optional<Secret> found = read(id);
              awaitUninterruptibly(answer);
              return found;
            },
            watch,
            nanoTime::get);
    List<SecretReads.Session> reconciles =
        IntStream.range(0, 50).mapToObj(_ -> slow.open(Set.of(ACME), nanoTime.get())).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> reconciles.getFirst().read(ACME));
      await().until(() -> reads.get() == 1);
      // When
      List<Future<Optional<Secret>>> others =
          reconciles.stream()
              .skip(1)
              .map(reconcile -> threads.submit(() -> reconcile.read(ACME)))
              .toList();
      answer.countDown();
      // Then
      first.get();
      for (Future<Optional<Secret>> other : others) {
        assertThat(other.get()).isEqualTo(stored);
      }
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void readsAnUnannouncedSecretWithoutSharing() {
    // Given
    try (var reconcile = begun(ACME)) {
      // When
      reconcile.read(OTHER);
      reconcile.read(OTHER);
    }
    // Then
    assertThat(reads).hasValue(2);
  }

  /** Passwords, and there may be as many as resources. */
  @Test
  void keepsNothingAfterTheLastSession() {
    // Given
    var first = begun(ACME);
    var second = begun(ACME, OTHER);
    first.read(ACME);
    // When
    first.close();
    second.close();
    // Then
    assertThat(secrets.size()).isZero();
  }

  private Optional<Secret> read(ResourceId id) {
    reads.incrementAndGet();
    if (broken) {
      throw new KubernetesClientException("no answer");
    }
    return stored;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A reconcile that is triggered now. */
  private SecretReads.Session begun(ResourceId... names) {
    return secrets.open(Set.of(names), nanoTime.get());
  }
}
