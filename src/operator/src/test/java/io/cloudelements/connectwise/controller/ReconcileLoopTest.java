package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Passes before they know anything, while the API server takes its time. */
class ReconcileLoopTest {
  private static final int ENTRANCES = 64;
  private static final int MANY = 1_000;

  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final ReconcileExecutor threads = new ReconcileExecutor(Leadership.alone());
  private final ReconcileLoop runner = runner();

  @AfterEach
  void stop() {
    answer.countDown();
    threads.shutdown();
  }

  /** With a Secret each nothing else holds them up, and every thread that waits costs memory. */
  @Test
  void onlySoManyWaitForWhatTheyBeginWith() {
    // When
    IntStream.range(0, MANY).forEach(i -> threads.execute(() -> pass(withOwnSecret(i))));
    // Then
    await("they wait")
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(10))
        .until(() -> begun.get() == ENTRANCES);
    answer.countDown();
    await("all have had their pass").until(() -> ended.get() == MANY);
    assertThat(begun).hasValue(MANY);
  }

  private void pass(ConnectWiseInstance resource) {
    begun.incrementAndGet();
    try (SecretReads.Session credentials = runner.begin(resource)) {
      assertThat(runner.pass(resource, credentials)).isPresent();
      ended.incrementAndGet();
    }
  }

  private static ConnectWiseInstance withOwnSecret(int number) {
    return Resources.acme(acme -> {
      acme.getMetadata().setName("acme-" + number);
      acme.setSpec(Resources.spec("secret-" + number, null, null));
    });
  }

  private ReconcileLoop runner() {
    RecentWrites recentWrites = new RecentWrites();
    SecretEvents secretEvents =
        new SecretEvents(Optional.empty(), new PrimaryCache(), recentWrites);
    KubernetesClient slow =
        stub(
            KubernetesClient.class,
            (_, _, _) -> {
              answer.await();
              throw new KubernetesClientException("not today");
            });
    InvocationHandler unused =
        (_, method, _) -> {
          throw new AssertionError(method + " is not to be called");
        };
    return new ReconcileLoop(
        new Reconciliation(
            stub(InstancesApi.class, unused),
            stub(ClusterWrites.class, unused),
            new ReconcileSettings(
                "test",
                URI.create("https://api.cloud-elements.com/elements/api-v2"),
                _ -> true,
                new ProvisioningWindow(
                    Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(60)),
                new ResyncIntervals(Duration.ofMinutes(10), Duration.ofMinutes(10), true)),
            new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1),
            InstantSource.system()),
        new InputReader(slow, recentWrites, secretEvents, new CrdReader(Optional.empty())),
        new SynchronizedMemory(recentWrites, secretEvents, InstantSource.system()),
        new ReconcileMetrics(new SimpleMeterRegistry(), InstantSource.system()),
        ReconcileObserver.NONE,
        threads);
  }

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
