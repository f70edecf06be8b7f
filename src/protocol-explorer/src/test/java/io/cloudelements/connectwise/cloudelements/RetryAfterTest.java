package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.fault.Fault.TooManyRequests.RetryAfterFormat;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Retry-After} holds to the millisecond and at every priority. */
class RetryAfterTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(42);
  private static final ResourceId RESOURCE = new ResourceId("integrations", "acme");

  private final SettableClock clock = new SettableClock(NOON);
  private final SettableClock steadyClock = new SettableClock(NOON);
  private final Simulator simulator = new Simulator(clock);
  private final AccountAccess account =
      ApiSamples.account("https://api.example.com/elements/api-v2");
  private final RateLimitedInstancesApi api =
      new RateLimitedInstancesApi(
          InMemoryTransport.api(new SimulatedWire(simulator), clock),
          QueueSettings.DEFAULTS,
          clock,
          steadyClock,
          QueueObserver.NONE);

  @BeforeEach
  void open() {
    ApiSamples.addUser(simulator);
  }

  static Stream<Arguments> formsAndPriorities() {
    return Stream.of(RetryAfterFormat.SECONDS, RetryAfterFormat.HTTP_DATE)
        .flatMap(
            form -> Stream.of(Priority.values()).map(priority -> Arguments.of(form, priority)));
  }

  @ParameterizedTest
  @MethodSource("formsAndPriorities")
  void makesNoCallDuringThePause(RetryAfterFormat form, Priority priority) {
    // Given
    limited(form);
    passes(PAUSE.minusMillis(1));
    // When
    RemoteFailure failure = failure(() -> find(priority));
    // Then
    assertThat(failure).isInstanceOf(NotSent.class);
    assertThat(simulator.journal().count()).as("the limited call alone").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("formsAndPriorities")
  void callsAgainAfterThePause(RetryAfterFormat form, Priority priority) {
    // Given
    limited(form);
    passes(PAUSE);
    // When
    find(priority);
    // Then
    assertThat(simulator.journal().count()).isEqualTo(2);
  }

  /** Waits in memory are measured by a monotonic clock. */
  @Test
  void aClockSetBackDoesNotExtendThePause() {
    // Given
    limited(RetryAfterFormat.SECONDS);
    passes(PAUSE);
    clock.set(NOON.minus(Duration.ofHours(6)));
    // When
    find(Priority.DRIFT);
    // Then
    assertThat(simulator.journal().count()).isEqualTo(2);
  }

  /** Nor is the service asked earlier because the clock was put forward. */
  @Test
  void aClockSetForwardDoesNotEndThePause() {
    // Given
    limited(RetryAfterFormat.SECONDS);
    clock.set(NOON.plus(Duration.ofHours(6)));
    // When
    RemoteFailure failure = failure(() -> find(Priority.DRIFT));
    // Then
    assertThat(failure).isInstanceOf(NotSent.class);
  }

  /** A reconcile with a permit must stop as well. */
  @ParameterizedTest
  @EnumSource(Priority.class)
  void aPauseHoldsTheRunningReconcile(Priority priority) {
    // Given
    simulator
        .faults()
        .on(Route.GET_INSTANCE)
        .inject(new TooManyRequests(RetryAfterFormat.SECONDS, PAUSE));
    // When
    RemoteFailure second =
        api.withPermit(
                account.account().key(),
                RESOURCE,
                priority,
                () -> {
                  failure(() -> api.read(account, 1));
                  return failure(() -> api.findByTag(account, ApiSamples.TAG));
                })
            .orElseThrow();
    // Then
    assertThat(second).isInstanceOf(NotSent.class);
    assertThat(simulator.journal().count()).isEqualTo(1);
  }

  private void limited(RetryAfterFormat form) {
    simulator.faults().on(Route.GET_INSTANCE).inject(new TooManyRequests(form, PAUSE));
    assertThat(failure(() -> api.read(account, 1)))
        .isInstanceOfSatisfying(
            RateLimited.class, limit -> assertThat(limit.retryAfter()).contains(PAUSE));
  }

  private void passes(Duration time) {
    clock.set(NOON.plus(time));
    steadyClock.set(NOON.plus(time));
  }

  private void find(Priority priority) {
    api.withPermit(
        account.account().key(), RESOURCE, priority, () -> api.findByTag(account, ApiSamples.TAG));
  }

  private static RemoteFailure failure(Runnable call) {
    return catchThrowableOfType(InstancesApiException.class, call::run).failure();
  }
}
