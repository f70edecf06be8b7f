package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sixty-four at a time of one kind; the others hold nothing, keep their order, and are called. */
class PassPlacesTest {
  private static final int PLACES = 64;
  private static final Optional<Duration> DONE = Optional.of(Duration.ofHours(1));

  private final AtomicLong nanoTime = new AtomicLong();
  private final PassPlaces places = new PassPlaces(16, nanoTime::get);
  private final Deque<ResourceId> called = new ConcurrentLinkedDeque<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore ends = new Semaphore(0);
  private final AtomicInteger gone = new AtomicInteger();

  @BeforeEach
  void listen() {
    places.onCall(called::add);
  }

  @AfterEach
  void end() throws InterruptedException {
    ends.release(PLACES);
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPassWithoutAPlaceDoesNotRunAndComesAgain() throws Exception {
    // Given
    allPlacesAreTaken();
    // When
    Optional<Duration> again = arrives(created("late"));
    // Then
    assertThat(again).contains(Duration.ofMinutes(1));
  }

  @Test
  void nobodyElseWaits() throws Exception {
    // Given
    allPlacesAreTaken();
    ConnectWiseInstance deleted =
        Resources.acme(acme -> acme.getMetadata().setDeletionTimestamp("2026-11-24T10:00:00Z"));
    ConnectWiseInstance atRest = Resources.acme();
    ConnectWiseInstance elsewhere =
        Resources.acme(acme -> {
          acme.setStatus(null);
          acme.setSpec(Resources.spec("other-credentials", null, null));
        });
    // When
    List<Optional<Duration>> ended = List.of(arrives(deleted), arrives(atRest), arrives(elsewhere));
    // Then
    assertThat(ended).allMatch(DONE::equals);
  }

  /** Its status may say already that it waits. */
  @Test
  void aResourceIsNewUntilItHasAnInstance() throws Exception {
    // Given
    allPlacesAreTaken();
    ConnectWiseInstance announced =
        Resources.acme(acme -> acme.setStatus(Resources.status(1L, null, null, null)));
    // When
    Optional<Duration> again = arrives(announced);
    // Then
    assertThat(again).isNotEqualTo(DONE);
  }

  @Test
  void whoeverLeavesCallsTheNextInTheOrderOfTheirComing() throws Exception {
    // Given
    allPlacesAreTaken();
    arrives(created("first"));
    arrives(created("second"));
    arrives(created("first"));
    // When
    leave(2);
    // Then
    assertThat(called).extracting(ResourceId::name).containsExactly("first", "second");
    assertThat(arrives(created("first"))).isEqualTo(DONE);
    assertThat(arrives(created("second"))).isEqualTo(DONE);
  }

  /** A newcomer may be quicker than one that was called. */
  @Test
  void whoeverIsCalledInVainKeepsItsTurn() throws Exception {
    // Given
    allPlacesAreTaken();
    arrives(created("first"));
    arrives(created("second"));
    leave(1);
    takePlaces(1);
    assertThat(arrives(created("first"))).isNotEqualTo(DONE);
    called.clear();
    // When
    leave(1);
    // Then
    assertThat(called).extracting(ResourceId::name).containsExactly("first");
  }

  /** One that is gone must not keep the others from their turn. */
  @Test
  void whoeverIsCalledAndDoesNotComeIsNotWaitedFor() throws Exception {
    // Given
    allPlacesAreTaken();
    arrives(created("gone"));
    arrives(created("second"));
    leave(1);
    called.clear();
    // When
    leave(1);
    // Then
    assertThat(called).extracting(ResourceId::name).containsExactly("second");
  }

  @Test
  void aLongWaitIsAnnounced() throws Exception {
    // Given
    allPlacesAreTaken();
    List<String> announced = new ArrayList<>();
    places.in(created("late"), () -> DONE, () -> announced.add("at once"));
    // When
    nanoTime.addAndGet(Duration.ofMinutes(5).toNanos());
    places.in(created("late"), () -> DONE, () -> announced.add("after five minutes"));
    // Then
    assertThat(announced).containsExactly("after five minutes");
  }

  /** All come through, and nothing is left behind. */
  @Test
  void aThousandComeThroughInTurns() {
    // Given
    Map<ResourceId, ConnectWiseInstance> resources = new HashMap<>();
    Set<ResourceId> served = new LinkedHashSet<>();
    IntStream.range(0, 1_000)
        .mapToObj(i -> created("r-" + i))
        .forEach(resource -> resources.put(SpecDefaults.id(resource), resource));
    // When
    resources.values().forEach(resource -> serve(resource, served, resources));
    while (!called.isEmpty()) {
      serve(resources.get(called.poll()), served, resources);
    }
    // Then
    assertThat(served).containsExactlyInAnyOrderElementsOf(resources.keySet());
    assertThat(places.size()).isZero();
  }

  /** Passes nest here, so that a thousand of them overlap without a thread. */
  private void serve(
      ConnectWiseInstance resource,
      Set<ResourceId> served,
      Map<ResourceId, ConnectWiseInstance> resources) {
    places.in(
        resource,
        () -> {
          served.add(SpecDefaults.id(resource));
          resources.values().stream()
              .filter(other -> !served.contains(SpecDefaults.id(other)))
              .findFirst()
              .ifPresent(other -> serve(other, served, resources));
          return DONE;
        },
        () -> {});
  }

  private Optional<Duration> arrives(ConnectWiseInstance resource) {
    return places.in(resource, () -> DONE, () -> {});
  }

  private void allPlacesAreTaken() throws InterruptedException {
    takePlaces(PLACES);
  }

  private void takePlaces(int count) throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      ConnectWiseInstance resource = created("taken-" + i);
      threads.execute(() -> {
        places.in(
            resource,
            () -> {
              taken.countDown();
              ends.acquireUninterruptibly();
              return DONE;
            },
            () -> {});
        gone.incrementAndGet();
      });
    }
    assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void leave(int count) {
    int before = gone.get();
    ends.release(count);
    await().until(() -> gone.get() == before + count);
  }

  private static ConnectWiseInstance created(String name) {
    return Resources.acme(acme -> {
      acme.setStatus(null);
      acme.getMetadata().setName(name);
    });
  }
}
