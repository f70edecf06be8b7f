package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitedInstancesApiTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static final ResourceId RESOURCE = new ResourceId("integrations", "acme");

  private final AccountAccess account = ApiSamples.account("https://api.example.com");
  private final AccountAccess other = ApiSamples.account("https://api.example.org");
  private final AccountAccess third = ApiSamples.account("https://api.example.net");
  private final QueueBook queues = new QueueBook();
  private final SettableClock clock = new SettableClock(NOON);
  private final SlowService service = new SlowService();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    service.answers.release(1_000);
    threads.close();
  }

  @Test
  void limitsTheCallsInFlight() {
    // Given
    RateLimitedInstancesApi api = limited(2, Duration.ofMinutes(1));
    // When
    List<Future<?>> calls = List.of(delete(api, 1), delete(api, 2), delete(api, 3));
    // Then: the third waits until one of the others is done
    await().until(() -> service.inFlight().size() == 2 && queues.waiting(account) == 1);
    service.answers.release(3);
    await().until(() -> calls.stream().allMatch(Future::isDone));
    assertThat(service.started).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void servesCallsInTheirOrder() {
    // Given: one in flight, three queued in a known order
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    List<Future<?>> calls = new ArrayList<>();
    for (long id = 1; id <= 4; id++) {
      int queued = (int) id - 1;
      calls.add(delete(api, id));
      await().until(() -> service.started.size() == 1 && queues.waiting(account) == queued);
    }
    // When
    service.answers.release(4);
    // Then: none starves
    await().until(() -> calls.stream().allMatch(Future::isDone));
    assertThat(service.started).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void accountsDoNotWaitForEachOther() {
    // Given: the one account is full
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    startDelete(api, account, 1);
    await().until(() -> service.inFlight().contains(1L));
    // When
    startDelete(api, other, 9);
    // Then
    await().until(() -> service.inFlight().contains(9L));
  }

  @Test
  void anOwnerOfTheAccountWantsFewerCallsAtOnce() {
    // Given
    RateLimitedInstancesApi api = limited(2, Duration.ofMinutes(1));
    api.limit(RESOURCE, "2026-11-30", account.account().fingerprint(), Optional.of(1));
    startDelete(api, account, 1);
    await().until(() -> service.inFlight().contains(1L));
    startDelete(api, account, 2);
    await().until(() -> queues.waiting(account) == 1);
    // When
    api.unlimit(RESOURCE);
    // Then
    await().until(() -> service.inFlight().size() == 2);
  }

  @Test
  void aCallWaitsForABoundedTime() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMillis(20));
    startDelete(api, account, 1);
    await().until(() -> service.inFlight().contains(1L));
    // When
    RemoteFailure failure = failure(() -> api.delete(account, 2));
    // Then: and its place in the queue is given up
    assertThat(failure)
        .isEqualTo(
            NotSent.busy(
                "account "
                    + account.account().fingerprint()
                    + " is busy, and no permit was free in time",
                Optional.of(Duration.ZERO)));
    assertThat(queues.waiting(account)).isZero();
  }

  @Test
  void doesNotSendACreationAfterItsWindow() {
    // Given: its turn comes when its time has passed
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    startDelete(api, account, 1);
    await().until(() -> service.inFlight().contains(1L));
    Future<RemoteFailure> late =
        threads.submit(() ->
            failure(() ->
                api.create(
                    account, ApiSamples.definition(), new SendWindow(NOON, NOON.plusSeconds(30)))));
    await().until(() -> queues.waiting(account) == 1);
    clock.set(NOON.plusSeconds(30));
    // When
    service.answers.release(1);
    // Then: what protects against duplicates counts from the recorded intent
    await().until(late::isDone);
    assertThat(late.resultNow())
        .isEqualTo(
            new NotSent(
                "the time in which it was allowed to be sent has passed", Optional.empty()));
    assertThat(service.created).isEmpty();
  }

  @Test
  void doesNotSendACreationWithAnExpiredWindow() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    // When
    RemoteFailure failure =
        failure(
            () -> api.create(account, ApiSamples.definition(), new SendWindow(Instant.MIN, NOON)));
    // Then: "before" excludes the instant itself
    assertThat(failure).isInstanceOf(NotSent.class);
    assertThat(service.created).isEmpty();
  }

  @Test
  void retryAfterPausesTheWholeAccount() {
    // Given
    RateLimitedInstancesApi api = limited(4, Duration.ofMinutes(1));
    isLimited(api, Duration.ofSeconds(30));
    clock.set(NOON.plusSeconds(10));
    // When
    RemoteFailure failure = failure(() -> api.read(account, 2));
    // Then: it says how long it is still to last
    assertThat(failure)
        .isEqualTo(
            NotSent.until(
                "the service asked for no calls to account "
                    + account.account().fingerprint()
                    + " until 2026-11-24T12:00:30Z; it goes on by itself",
                Duration.ofSeconds(20)));
  }

  @Test
  void aPauseEndsTheWaitOfABlockingCaller() {
    // Given: one in flight that will be limited, one waiting
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    service.limit = Optional.of(Duration.ofSeconds(30));
    Future<RemoteFailure> first = threads.submit(() -> failure(() -> api.delete(account, 1)));
    await().until(() -> service.inFlight().contains(1L));
    Future<RemoteFailure> second = threads.submit(() -> failure(() -> api.delete(account, 2)));
    await().until(() -> queues.waiting(account) == 1);
    // When
    service.answers.release(2);
    // Then
    await().until(() -> first.isDone() && second.isDone());
    assertThat(first.resultNow()).isInstanceOf(RateLimited.class);
    assertThat(second.resultNow()).isInstanceOf(NotSent.class);
    assertThat(service.started).containsExactly(1L);
  }

  @Test
  void aPauseEndsByItself() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    isLimited(api, Duration.ofSeconds(30));
    service.limit = Optional.empty();
    service.answers.release(1);
    clock.set(NOON.plusSeconds(30));
    // When
    api.delete(account, 2);
    // Then
    assertThat(service.started).contains(2L);
  }

  @Test
  void anInterruptedWaitFailsAndKeepsTheFlag() throws InterruptedException {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    startDelete(api, account, 1);
    await().until(() -> service.inFlight().contains(1L));
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              seen.add(failure(() -> api.delete(account, 2)));
              seen.add(Thread.currentThread().isInterrupted());
            });
    await().until(() -> queues.waiting(account) == 1);
    // When
    waiting.interrupt();
    // Then: a shutdown is not swallowed, and nothing was sent
    waiting.join();
    assertThat(seen)
        .containsExactly(
            new NotSent("the operator stopped before it was sent", Optional.empty()), true);
  }

  /** It takes a place of sixteen for ever otherwise. */
  @Test
  void anExceptionReleasesThePermit() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    // When
    IllegalStateException defect =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                api.withPermit(
                    account.account().key(),
                    RESOURCE,
                    Priority.CREATIONS,
                    () -> {
                      throw new IllegalStateException("conflict");
                    }));
    // Then
    assertThat(defect).isNotNull();
    service.answers.release(1);
    api.delete(account, 2);
  }

  /** Its thread and its input are released, and it hears when a permit is reserved. */
  @Test
  void aReconcileWithoutAPermitIsQueuedAndCalled() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    List<ResourceId> reserved = Collections.synchronizedList(new ArrayList<>());
    api.onReserved(reserved::add);
    startDelete(api, account, 1);
    await().until(() -> service.inFlight().contains(1L));
    // When
    Optional<Boolean> run =
        api.withPermit(account.account().key(), RESOURCE, Priority.CHANGES, () -> true);
    // Then
    assertThat(run).isEmpty();
    assertThat(api.waited(RESOURCE)).isPresent();
    assertThat(api.position(RESOURCE)).contains(1);
    service.answers.release(1);
    await().until(() -> reserved.equals(List.of(RESOURCE)));
    assertThat(api.withPermit(account.account().key(), RESOURCE, Priority.CHANGES, () -> true))
        .contains(true);
  }

  /** A write after the calls needs no permit. */
  @Test
  void thePermitOfAReconcileIsReleasedAfterItsCalls() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    List<Integer> inFlight = new ArrayList<>();
    // When
    Optional<Optional<String>> results =
        api.withPermit(
            account.account().key(),
            RESOURCE,
            Priority.CREATIONS,
            () -> {
              inFlight.add(queues.inFlight(account));
              Optional<String> called =
                  api.withPermit(
                      account.account().key(), RESOURCE, Priority.CHANGES, () -> "called");
              inFlight.add(queues.inFlight(account));
              return called;
            });
    // Then
    assertThat(inFlight).containsExactly(1, 0);
    assertThat(results).contains(Optional.of("called"));
  }

  /** A permit that was given back allows nothing: others may have it by now. */
  @Test
  void aCallAfterTheReleaseWaitsLikeOneWithoutAPermit() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMillis(20));
    AccountKey key = account.account().key();
    List<RemoteFailure> failures = new ArrayList<>();
    // When
    api.withPermit(
        key,
        RESOURCE,
        Priority.CREATIONS,
        () -> {
          api.withPermit(key, RESOURCE, Priority.CHANGES, () -> true);
          startDelete(api, account, 1);
          await().until(() -> service.inFlight().contains(1L));
          return failures.add(failure(() -> api.delete(account, 2)));
        });
    // Then
    assertThat(failures)
        .singleElement()
        .isInstanceOfSatisfying(NotSent.class, late -> assertThat(late.busy()).isTrue());
  }

  /** It was deleted, or suspended, while it waited. */
  @Test
  void aWithdrawnReconcileGetsNoReservation() {
    // Given
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    List<ResourceId> reserved = Collections.synchronizedList(new ArrayList<>());
    api.onReserved(reserved::add);
    Future<?> inside = delete(api, 1);
    await().until(() -> service.inFlight().contains(1L));
    api.withPermit(account.account().key(), RESOURCE, Priority.CHANGES, () -> true);
    // When
    api.withdraw(RESOURCE);
    // Then
    assertThat(api.waited(RESOURCE)).isEmpty();
    service.answers.release(1);
    await().until(inside::isDone);
    assertThat(reserved).isEmpty();
  }

  /** A stop that lasts as long as the queue is cut off in the middle of a creation. */
  @Test
  void aStopEndsTheWaitOfABlockingCaller() {
    // Given: one inside, one waiting
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    Future<?> inside = delete(api, 1);
    await().until(() -> service.inFlight().contains(1L));
    Future<RemoteFailure> waiting = threads.submit(() -> failure(() -> api.delete(account, 2)));
    await().until(() -> queues.waiting(account) == 1);
    // When
    api.stop();
    // Then
    await().until(waiting::isDone);
    assertThat(waiting.resultNow()).isEqualTo(NotSent.busy("the operator stops", Optional.empty()));
    assertThat(failure(() -> api.delete(other, 3))).isEqualTo(waiting.resultNow());
    service.answers.release(1);
    await().until(() -> inside.state() == Future.State.SUCCESS);
    assertThat(service.started).containsExactly(1L);
  }

  /** An account per rotated secret must not stay for ever. */
  @Test
  void idleAccountsAreForgotten() {
    // Given: one account that is only used, and one that has to pause for longer
    RateLimitedInstancesApi api = limited(1, Duration.ofMinutes(1));
    isLimited(api, Duration.ofMinutes(40));
    service.limit = Optional.empty();
    service.answers.release(2);
    api.delete(other, 1);
    clock.set(NOON.plus(Duration.ofMinutes(15)));
    assertThat(queues.known()).isEqualTo(2);
    // When
    api.delete(third, 2);
    // Then: what the service asked for is remembered until it is over
    assertThat(queues.accounts())
        .containsExactlyInAnyOrder(account.account().fingerprint(), third.account().fingerprint());
    clock.set(NOON.plus(Duration.ofMinutes(40)));
    service.answers.release(1);
    api.delete(third, 3);
    assertThat(queues.accounts()).containsExactly(third.account().fingerprint());
  }

  private RateLimitedInstancesApi limited(int permits, Duration wait) {
    return new RateLimitedInstancesApi(
        service, new QueueSettings(permits, 512, 5, wait), clock, clock, queues);
  }

  private Future<?> delete(RateLimitedInstancesApi api, long id) {
    return threads.submit(() -> api.delete(account, id));
  }

  private void startDelete(RateLimitedInstancesApi api, AccountAccess owner, long id) {
    threads.execute(() -> api.delete(owner, id));
  }

  private void isLimited(RateLimitedInstancesApi api, Duration retryAfter) {
    service.limit = Optional.of(retryAfter);
    service.answers.release(1);
    assertThat(failure(() -> api.delete(account, 1))).isInstanceOf(RateLimited.class);
  }

  private static RemoteFailure failure(Runnable call) {
    return catchThrowableOfType(InstancesApiException.class, call::run).failure();
  }

  /** A service whose calls end when the test says so. */
  private static final class SlowService implements InstancesApi {
    private final Semaphore answers = new Semaphore(0);
    private final List<Long> started = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> ended = Collections.synchronizedList(new ArrayList<>());
    private final List<InstanceDefinition> created =
        Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<Duration> limit = Optional.empty();

    List<Long> inFlight() {
      List<Long> running = new ArrayList<>(started);
      running.removeAll(ended);
      return running;
    }

    @Override
    public <T> T call(AccountAccess account, InstanceCall<T> call) {
      return switch (call) {
        case InstanceCall.Delete(long id) -> call.answerType().cast(delete(id));
        case InstanceCall.Create(var definition, _) -> {
          created.add(definition);
          throw new InstancesApiException(new RateLimited(ErrorAnswer.NONE, Optional.empty()));
        }
        default -> throw new UnsupportedOperationException();
      };
    }

    private InstanceCall.Done delete(long id) {
      started.add(id);
      answers.acquireUninterruptibly();
      ended.add(id);
      limit.ifPresent(pause -> {
        throw new InstancesApiException(new RateLimited(ErrorAnswer.NONE, Optional.of(pause)));
      });
      return new InstanceCall.Done();
    }
  }
}
