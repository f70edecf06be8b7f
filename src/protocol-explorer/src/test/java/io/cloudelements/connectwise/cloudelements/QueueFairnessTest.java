package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which resources are served while a thousand are queued; what counts is the order, never a time.
 */
class QueueFairnessTest {
  private static final String BASE_URL = "https://api.example.com/elements/api-v2";
  private static final int MANY = 1_000;
  private static final int PATIENCE = 16;
  private static final QueueSettings SETTINGS =
      new QueueSettings(16, 512, 5, Duration.ofMinutes(5));

  private final Simulator simulator = new Simulator(InstantSource.system());
  private final AccountAccess account = ApiSamples.account(BASE_URL);
  private final AccountAccess other =
      AccountAccess.to(
          new Account(
              URI.create(BASE_URL),
              SecretValue.of("other+user="),
              SecretValue.of(ApiSamples.ORGANIZATION_SECRET)));
  private final QueueBook queues = new QueueBook();
  private final Held service = new Held();
  private final RateLimitedInstancesApi api =
      new RateLimitedInstancesApi(
          service, SETTINGS, InstantSource.system(), InstantSource.system(), queues);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final QueuedReconciles reconciles = new QueuedReconciles(api, threads);
  private long existing;
  private long unwanted;

  @BeforeEach
  void open() {
    ApiSamples.addUser(simulator);
    simulator.platform().outsideWorld().addUser("other+user=", ApiSamples.ORGANIZATION_SECRET);
    existing = service.inner.create(account, ApiSamples.definition(), SendWindow.ALWAYS).id();
    unwanted = service.inner.create(account, ApiSamples.definition(), SendWindow.ALWAYS).id();
  }

  @AfterEach
  void stop() {
    service.reads.release(10 * MANY);
    service.creations.release(10 * MANY);
    threads.close();
  }

  /** None of the drift checks is answered meanwhile. */
  @Test
  void aThousandDriftChecksDelayNothingElse() {
    // Given: twelve in flight, the others waiting
    List<Future<?>> checks = driftChecks(MANY);
    await().until(() -> service.reading() == 12 && queues.waiting(account, Priority.DRIFT) == 988);
    // When
    Future<?> deletion = reconcile(account, Priority.CHANGES, () -> api.delete(account, unwanted));
    Future<?> here = creation(account);
    Future<?> there = creation(other);
    service.creations.release(2);
    // Then
    await().until(() -> succeeded(deletion) && succeeded(here) && succeeded(there));
    assertThat(checks).noneMatch(Future::isDone);
    assertThat(queues.waiting(account, Priority.DRIFT)).isEqualTo(988);
    assertThat(simulator.journal().count(Route.GET_INSTANCE)).isZero();
    service.reads.release(MANY);
    await().until(() -> checks.stream().allMatch(QueueFairnessTest::succeeded));
    assertThat(simulator.journal().count(Route.GET_INSTANCE)).as("each, once").isEqualTo(MANY);
  }

  /** Each of them takes 9–26 s (contract §2), so a deletion must not wait for one to end. */
  @Test
  void aThousandCreationsDelayNoDeletionAndNoOtherAccount() {
    // Given: fifteen in flight
    List<Future<?>> creations = creationsOfWhichFifteenAreInFlight();
    // When
    Future<?> deletion = reconcile(account, Priority.CHANGES, () -> api.delete(account, unwanted));
    Future<?> there =
        reconcile(other, Priority.CREATIONS, () -> api.findByTag(other, ApiSamples.TAG));
    // Then
    await().until(() -> succeeded(deletion) && succeeded(there));
    assertThat(creations).noneMatch(Future::isDone);
    assertThat(queues.inFlight(account)).isEqualTo(15);
  }

  /** Creations go first, and yet drift is found. */
  @Test
  void aThousandCreationsDoNotStarveADriftCheck() {
    // Given: fifteen creations in flight, and a drift check behind all the others
    List<Future<?>> creations = creationsOfWhichFifteenAreInFlight();
    Future<?> check = driftChecks(1).getFirst();
    await().until(() -> queues.waiting(account, Priority.DRIFT) == 1);
    service.reads.release(1);
    // When: sixteen creations end one by one, which lets sixteen others in
    for (int ended = 1; ended <= PATIENCE; ended++) {
      service.creations.release(1);
      int left = MANY - 15 - ended;
      await().until(() -> queues.waiting(account, Priority.CREATIONS) == left);
      assertThat(check.isDone()).isFalse();
    }
    service.creations.release(1);
    // Then: the seventeenth place is the drift check's
    await().until(() -> succeeded(check));
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(2 + PATIENCE + 1);
    service.creations.release(MANY);
    await().until(() -> creations.stream().allMatch(QueueFairnessTest::succeeded));
  }

  /** Its POST is never queued behind the searches of others. */
  @Test
  void aReconcileHasOnePermitForAllItsCalls() {
    // Given
    Future<?> creation =
        reconcile(
            account,
            Priority.CREATIONS,
            () -> {
              api.findByTag(account, ApiSamples.TAG);
              api.create(account, ApiSamples.definition(), SendWindow.ALWAYS);
            });
    await().until(() -> service.creating() == 1);
    // When
    creations(MANY);
    await().until(() -> queues.waiting(account, Priority.CREATIONS) == MANY - 14);
    // Then: it was one of the fifteen all the time
    assertThat(queues.inFlight(account)).isEqualTo(15);
    service.creations.release(1);
    await().until(() -> succeeded(creation));
  }

  private List<Future<?>> driftChecks(int many) {
    return times(many, () -> reconcile(account, Priority.DRIFT, () -> api.read(account, existing)));
  }

  private List<Future<?>> creationsOfWhichFifteenAreInFlight() {
    List<Future<?>> creations = creations(MANY);
    await()
        .until(() ->
            service.creating() == 15 && queues.waiting(account, Priority.CREATIONS) == MANY - 15);
    return creations;
  }

  private List<Future<?>> creations(int many) {
    return times(many, () -> creation(account));
  }

  private Future<?> creation(AccountAccess owner) {
    return reconcile(
        owner,
        Priority.CREATIONS,
        () -> api.create(owner, ApiSamples.definition(), SendWindow.ALWAYS));
  }

  private Future<?> reconcile(AccountAccess owner, Priority priority, Runnable calls) {
    return reconciles.begin(owner, priority, calls);
  }

  private static boolean succeeded(Future<?> call) {
    return call.state() == Future.State.SUCCESS;
  }

  private static List<Future<?>> times(int many, Supplier<Future<?>> task) {
    return IntStream.range(0, many).<Future<?>>mapToObj(_ -> task.get()).toList();
  }

  /** The simulator, whose answers to reads and creations wait until the test lets them go. */
  private final class Held implements InstancesApi {
    private final InstancesApi inner =
        InMemoryTransport.api(new SimulatedWire(simulator), InstantSource.system());
    private final Semaphore reads = new Semaphore(0);
    private final Semaphore creations = new Semaphore(0);

    int reading() {
      return reads.getQueueLength();
    }

    int creating() {
      return creations.getQueueLength();
    }

    @Override
    public <T> T call(AccountAccess owner, InstanceCall<T> call) {
      if (call instanceof InstanceCall.Create) {
        creations.acquireUninterruptibly();
      }
      if (call instanceof InstanceCall.Read) {
        reads.acquireUninterruptibly();
      }
      return inner.call(owner, call);
    }
  }
}
