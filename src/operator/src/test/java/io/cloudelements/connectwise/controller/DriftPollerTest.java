package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancePage;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many accounts whose listings are due at once, while the service takes its time. */
class DriftPollerTest {
  private static final int ACCOUNTS = 150;
  private static final int PLACES = 64;
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final URI BASE_URL = URI.create("https://api.example.com");

  private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cacheReads = new AtomicInteger();
  private final PrimaryCache primaries = new PrimaryCache();
  private final OrphanReport report = new OrphanReport(Optional.empty());
  private final OrphanScan orphans =
      new OrphanScan("test", primaries, report, () -> now, () -> now);
  private final DriftPoller poller = poller();

  @AfterEach
  void stop() {
    answer.countDown();
    poller.stop();
  }

  /** Each listing holds memory, and with a service that hangs all accounts would hold some. */
  @Test
  void boundsTheListingsInFlight() {
    // Given
    allAreDue();
    // When
    poller.tick();
    poller.tick();
    // Then
    await("they wait")
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(10))
        .until(() -> asked.size() == PLACES);
  }

  @Test
  void thoseThatFoundNoPlaceComeNextHoweverSoonTheOthersAreDueAgain() {
    // Given
    answer.countDown();
    allAreDue();
    // Then
    await("all are listed")
        .until(() -> {
          poller.tick();
          now = now.plus(INTERVAL.multipliedBy(2));
          return Set.copyOf(asked).size() == ACCOUNTS;
        });
  }

  /** All resources of the cluster, for each account of it. */
  @Test
  void readsTheWholeCacheOncePerTickForAllListings() {
    // Given
    allAreDue();
    int before = cacheReads.get();
    // When
    poller.tick();
    await("the listings wait").until(() -> asked.size() >= PLACES);
    // Then: for the accounts in use, those to be listed, and the resources to compare with
    assertThat(cacheReads.get() - before).isEqualTo(3);
  }

  private void allAreDue() {
    for (int i = 0; i < ACCOUNTS; i++) {
      Account account =
          new Account(BASE_URL, SecretValue.of("user-" + i), SecretValue.of("organization"));
      orphans
          .begin()
          .end(
              account.key().fingerprint(),
              Optional.of(AccountAccess.to(account)),
              new AccountInstances(List.of(), "cwi-test"));
    }
    poller.tick();
    now = now.plus(INTERVAL.multipliedBy(2));
  }

  private DriftPoller poller() {
    primaries.attach(emptyCache());
    RecentWrites recentWrites = new RecentWrites();
    SecretEvents secretEvents = new SecretEvents(Optional.empty(), primaries, recentWrites);
    AccountCache accounts =
        new AccountCache(
            stub(KubernetesClient.class, DriftPollerTest::unexpected),
            secretEvents,
            new NamespaceLabels(Optional.empty()),
            BASE_URL);
    accounts.haveNone();
    SynchronizedMemory memory =
        new SynchronizedMemory(
            recentWrites, secretEvents, new AccountAuthorizer(accounts), () -> now);
    ListingAccess listings = new ListingAccess(primaries, memory, orphans, accounts);
    DriftDetector detector =
        new DriftDetector(
            new DriftDetector.ListingSettings(
                "test", INTERVAL, 5, ManagementPolicy.MANAGE, () -> now),
            primaries,
            memory,
            listings,
            stub(InstancesApi.class, (_, _, arguments) -> page((AccountAccess) arguments[0])),
            new RecreationGuard(5, INTERVAL, primaries::population),
            new DriftMetrics(new SimpleMeterRegistry(), report));
    return new DriftPoller(detector, primaries, listings, Leadership.alone(), () -> now);
  }

  private InstancePage page(AccountAccess access) {
    asked.add(access.account().key().fingerprint());
    try {
      answer.await();
    } catch (InterruptedException e) {
      // The poller was stopped.
      Thread.currentThread().interrupt();
    }
    return new InstancePage(List.of(), Optional.empty(), OptionalLong.empty());
  }

  @SuppressWarnings("unchecked")
  private IndexerResourceCache<ConnectWiseInstance> emptyCache() {
    return stub(
        IndexerResourceCache.class,
        (_, method, _) ->
            switch (method.getName()) {
              case "list" -> {
                cacheReads.incrementAndGet();
                yield Stream.of();
              }
              case "byIndex" -> List.of();
              default -> null;
            });
  }

  private static Object unexpected(Object proxy, Method method, Object[] arguments) {
    throw new IllegalStateException(method + " is not to be called");
  }

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
