package io.cloudelements.connectwise.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.platform.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.InstanceReconciliation;
import io.cloudelements.connectwise.reconcile.PassObserver;
import io.cloudelements.connectwise.reconcile.PassSettings;
import io.cloudelements.connectwise.reconcile.RecreationBrake;
import io.cloudelements.connectwise.reconcile.Rhythm;
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
class PassRunnerTest {
  private static final int ENTRANCES = 64;
  private static final int MANY = 1_000;

  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final PassThreads threads = new PassThreads(Leadership.alone());
  private final PassRunner runner = runner();

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
    try (SharedSecrets.Part credentials = runner.begin(resource)) {
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

  private PassRunner runner() {
    OwnWrites ownWrites = new OwnWrites();
    SecretEvents secretEvents = new SecretEvents(Optional.empty(), new PrimaryCache(), ownWrites);
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
    return new PassRunner(
        new InstanceReconciliation(
            stub(InstancesApi.class, unused),
            stub(ClusterWrites.class, unused),
            new PassSettings(
                "test",
                URI.create("https://api.cloud-elements.com/elements/api-v2"),
                _ -> true,
                new ProvisioningWindow(
                    Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(60)),
                new Rhythm(Duration.ofMinutes(10), Duration.ofMinutes(10), true)),
            new RecreationBrake(5, Duration.ofMinutes(10), _ -> 1),
            InstantSource.system()),
        new SnapshotReader(slow, ownWrites, secretEvents, new CrdReader(Optional.empty())),
        new PassMemory(ownWrites, secretEvents, System::nanoTime),
        new PassMeters(new SimpleMeterRegistry(), InstantSource.system()),
        PassObserver.NONE,
        threads);
  }

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
