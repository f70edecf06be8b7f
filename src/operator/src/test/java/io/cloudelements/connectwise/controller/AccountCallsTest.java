package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant may have more account objects than there are places in which reconciles begin. */
class AccountCallsTest {
  private static final int MANY = 300;
  private static final AccountAccess ACCESS =
      AccountAccess.to(
          new Account(
              URI.create("https://api.example.com/elements/api-v2"),
              SecretValue.of("user"),
              SecretValue.of("organization")));

  private final ReconcileExecutor threads = new ReconcileExecutor(Leadership.alone());
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger inService = new AtomicInteger();

  private final class HangingService implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      inService.incrementAndGet();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("the test ends");
    }
  }

  private final RateLimitedInstancesApi instances =
      new RateLimitedInstancesApi(
          new HangingService(),
          QueueSettings.DEFAULTS,
          InstantSource.system(),
          InstantSource.system(),
          QueueObserver.NONE);

  @AfterEach
  void stop() {
    instances.stop();
    end.countDown();
    threads.shutdown();
  }

  @Test
  void waitWithNoPlaceInWhichReconcilesBegin() {
    // Given
    AccountCalls calls = new AccountCalls(instances, threads);
    AtomicInteger asking = new AtomicInteger();
    CountDownLatch neighbourHasRun = new CountDownLatch(1);
    IntStream.range(0, MANY)
        .forEach(_ ->
            threads.submit(() -> {
              asking.incrementAndGet();
              return calls.readOrganization(ACCESS);
            }));
    // When
    await().until(() -> asking.get() == MANY);
    threads.execute(neighbourHasRun::countDown);
    // Then
    await().until(() -> neighbourHasRun.getCount() == 0);
    assertThat(inService).hasValueLessThanOrEqualTo(QueueSettings.DEFAULTS.maxConcurrent());
  }
}
