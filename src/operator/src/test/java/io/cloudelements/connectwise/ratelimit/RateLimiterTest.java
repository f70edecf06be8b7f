package io.cloudelements.connectwise.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import io.cloudelements.connectwise.ratelimit.QueueObserver.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queues with threads, and the events that are published. */
class RateLimiterTest {
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final Duration A_WHILE = Duration.ofSeconds(30);

  private final ReadingBook book = new ReadingBook();
  private final RateLimiter limiter = limiter(1);

  /** It may ask for a permit itself, in this thread or wait for another one that does. */
  @Test
  void callsTheListenerOutsideOfTheLock() throws Exception {
    // Given
    Permit permit = admitted("first");
    ask("second");
    List<Admission> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      limiter.onReserved(resource -> {
        try {
          answers.add(
              threads.submit(() -> limiter.admit(ACCOUNT, resource, Priority.CHANGES)).get());
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      });
      // When
      limiter.release(permit);
    }
    // Then
    assertThat(answers).singleElement().isInstanceOf(Admitted.class);
  }

  @Test
  void reportsTheWaitOfAQueuedResource() {
    // Given
    Permit permit = admitted("first");
    // When
    ask("second");
    // Then
    assertThat(limiter.waited(resource("second"))).isPresent();
    assertThat(limiter.waited(resource("first"))).isEmpty();
    limiter.release(permit);
    limiter.withdraw(resource("second"));
    assertThat(limiter.waited(resource("second"))).isEmpty();
  }

  @Test
  void tellsTheNumberInLine() {
    // Given
    admitted("first");
    ask("second");
    ask("third");
    // When // Then
    assertThat(limiter.position(resource("third"))).contains(2);
    assertThat(limiter.position(resource("unknown"))).isEmpty();
  }

  /**
   * A removed limit gives queued resources reservations at once, not with the next one that asks.
   */
  @Test
  void callsWhatFitsWhenAnOwnerWantsMore() {
    // Given
    RateLimiter wide = limiter(16);
    ResourceId object = resource("account");
    List<ResourceId> reserved = new ArrayList<>();
    wide.onReserved(reserved::add);
    wide.limit(object, new PermitLimits.Limit(ACCOUNT.fingerprint(), "2026-11-30", Optional.of(1)));
    wide.admit(ACCOUNT, resource("first"), Priority.CHANGES);
    assertThat(wide.admit(ACCOUNT, resource("second"), Priority.CHANGES))
        .isInstanceOf(Queued.class);
    // When
    wide.unlimit(object);
    // Then
    assertThat(reserved).containsExactly(resource("second"));
  }

  @Test
  void admitsAndCallsNothingAfterAStop() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    List<ResourceId> reserved = new ArrayList<>();
    limiter.onReserved(reserved::add);
    // When
    limiter.stop();
    limiter.release(permit);
    // Then
    assertThat(reserved).isEmpty();
    assertThat(ask("second")).isInstanceOf(Queued.class);
  }

  /** Resources that come when a place is reserved, from many threads: all are served, in time. */
  @Test
  void servesAThousandQueuedResources() throws Exception {
    // Given
    int many = 1_000;
    RateLimiter wide = limiter(16);
    Set<ResourceId> served = ConcurrentHashMap.newKeySet();
    Semaphore done = new Semaphore(0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore places = new Semaphore(16);
      wide.onReserved(
          resource -> threads.execute(() -> reconcile(wide, resource, places, served, done)));
      // When
      IntStream.range(0, many)
          .forEach(i ->
              threads.execute(() -> reconcile(wide, resource("r-" + i), places, served, done)));
      done.acquire(many);
    }
    // Then
    assertThat(served).hasSize(many);
  }

  private static void reconcile(
      RateLimiter limiter,
      ResourceId resource,
      Semaphore places,
      Set<ResourceId> served,
      Semaphore done) {
    if (limiter.admit(ACCOUNT, resource, Priority.CHANGES) instanceof Admitted(Permit permit)) {
      assertThat(places.tryAcquire()).as("no more than sixteen").isTrue();
      Thread.yield();
      served.add(resource);
      places.release();
      limiter.release(permit);
      done.release();
    }
  }

  @Test
  void aBlockingCallerGetsItsPermitWhenOneIsReserved() throws Exception {
    // Given
    BlockingAdmission blocking = blocking();
    Permit permit = admitted("first");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Admission> waiting =
          threads.submit(() -> blocking.admit(ACCOUNT, Priority.DRIFT, Duration.ofDays(1)));
      awaitQueued(Priority.DRIFT);
      // When
      limiter.release(permit);
      // Then
      await().until(waiting::isDone);
      assertThat(waiting.resultNow()).isInstanceOf(Admitted.class);
    }
  }

  @Test
  void aBlockingCallerLeavesTheQueueAfterItsTimeout() throws Exception {
    // Given
    BlockingAdmission blocking = blocking();
    admitted("first");
    Duration patience = Duration.ofMillis(20);
    // When
    Admission late = blocking.admit(ACCOUNT, Priority.DRIFT, patience);
    // Then: its wait counts too
    assertThat(late).isInstanceOf(Queued.class);
    assertThat(book.waiting(Priority.DRIFT)).isZero();
    assertThat(book.waits).containsExactly(Priority.CHANGES, Priority.DRIFT);
    assertThat(book.longest).isEqualTo(patience);
  }

  @Test
  void anAdmittedBlockingCallerHasWaitedOnce() throws Exception {
    // Given
    BlockingAdmission blocking = blocking();
    // When
    blocking.admit(ACCOUNT, Priority.DRIFT, A_WHILE);
    // Then
    assertThat(book.waits).containsExactly(Priority.DRIFT);
  }

  @Test
  void aStopEndsTheWaitOfABlockingCaller() throws Exception {
    // Given
    BlockingAdmission blocking = blocking();
    admitted("first");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Admission> waiting =
          threads.submit(() -> blocking.admit(ACCOUNT, Priority.DRIFT, Duration.ofDays(1)));
      awaitQueued(Priority.DRIFT);
      // When
      blocking.stop();
      // Then
      await().until(waiting::isDone);
      assertThat(waiting.resultNow()).isInstanceOf(Queued.class);
      assertThat(limiter.isStopped()).isTrue();
    }
  }

  /** The metrics show a reserved place as one that waits: no call is made for it yet. */
  @Test
  void aReservedPlaceIsReadAsWaiting() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    QueueState reading = book.reading.orElseThrow();
    int before = reading.inFlight();
    // When
    limiter.release(permit);
    // Then
    assertThat(before).isEqualTo(1);
    assertThat(reading.inFlight()).isZero();
    assertThat(reading.waiting(Priority.CHANGES)).isEqualTo(1);
    assertThat(reading.waiting(Priority.DRIFT)).isZero();
  }

  @Test
  void aPlaceInLineIsReadBesideAReservedOne() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    ask("third");
    // When
    limiter.release(permit);
    // Then
    assertThat(book.waiting(Priority.CHANGES)).isEqualTo(2);
  }

  /** An event of a queue that was forgotten must not end what is shown of the present one. */
  @Test
  void anAccountThatIsOpenedAnewHasAnotherReading() {
    // Given
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    RateLimiter forgetful =
        new RateLimiter(new QueueSettings(1, 512, 5, A_WHILE), now::get, now::get, book);
    use(forgetful, ACCOUNT);
    QueueState first = book.reading.orElseThrow();
    now.updateAndGet(past -> past.plus(QueueSettings.IDLE));
    use(forgetful, new AccountKey("0123456789ab", "api.example.com"));
    // When
    use(forgetful, ACCOUNT);
    // Then
    assertThat(book.forgotten).containsExactly(first);
    assertThat(book.reading.orElseThrow()).isNotEqualTo(first);
  }

  private static void use(RateLimiter limiter, AccountKey account) {
    if (limiter.admit(account, resource("any"), Priority.CHANGES) instanceof Admitted(var permit)) {
      limiter.release(permit);
    }
  }

  @Test
  void aSecondObserverOfForgottenAccountsReplacesNoCallOfTheFirst() {
    // Given
    List<String> others = new ArrayList<>();
    QueueObserver both = book.alsoForgetting(others::add);
    Permit permit = admitted("first");
    QueueState reading = book.reading.orElseThrow();
    book.reading = Optional.empty();
    // When
    both.opened(permit.key().fingerprint(), reading);
    both.waited(Priority.DRIFT, A_WHILE);
    both.forgotten(permit.key().fingerprint(), reading);
    // Then
    assertThat(book.reading).contains(reading);
    assertThat(book.waits).containsExactly(Priority.CHANGES, Priority.DRIFT);
    assertThat(book.forgotten).containsExactly(reading);
    assertThat(others).containsExactly(ACCOUNT.fingerprint());
  }

  private BlockingAdmission blocking() {
    // It asks again when a place is reserved, or never
    BlockingAdmission blocking = new BlockingAdmission(limiter, book, Duration.ofDays(1));
    limiter.onReserved(blocking::reserved);
    return blocking;
  }

  private void awaitQueued(Priority priority) {
    await().until(() -> book.waiting(priority) == 1);
  }

  private Admission ask(String name) {
    return limiter.admit(ACCOUNT, resource(name), Priority.CHANGES);
  }

  private Permit admitted(String name) {
    Admission admission = ask(name);
    assertThat(admission).isInstanceOf(Admitted.class);
    return ((Admitted) admission).permit();
  }

  private RateLimiter limiter(int permits) {
    return new RateLimiter(
        new QueueSettings(permits, 512, 5, A_WHILE),
        InstantSource.system(),
        InstantSource.system(),
        book);
  }

  private static ResourceId resource(String name) {
    return new ResourceId("default", name);
  }

  /** Keeps what the limiter shows of the account that was opened last. */
  private static final class ReadingBook implements QueueObserver {
    private final List<Priority> waits = new CopyOnWriteArrayList<>();
    private final List<QueueState> forgotten = new CopyOnWriteArrayList<>();
    private volatile Optional<QueueState> reading = Optional.empty();
    private volatile Duration longest = Duration.ZERO;

    @Override
    public void opened(String account, QueueState now) {
      reading = Optional.of(now);
    }

    @Override
    public void forgotten(String account, QueueState then) {
      forgotten.add(then);
    }

    @Override
    public void waited(Priority priority, Duration wait) {
      waits.add(priority);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }

    int waiting(Priority priority) {
      return reading.map(known -> known.waiting(priority)).orElse(0);
    }
  }
}
