package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.FleetGuards;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconciles before they know anything, while the API server takes its time. */
class ReconcileLoopTest {
  private static final int ENTRANCES = 64;
  private static final int MANY = 1_000;
  private static final URI BASE_URL = URI.create("https://api.cloud-elements.com/elements/api-v2");
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");

  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final ReconcileExecutor threads = new ReconcileExecutor(Leadership.alone());
  private final Permits permits = new Permits();
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private final List<String> writes = new ArrayList<>();
  private final RecentWrites recentWrites = new RecentWrites();
  private final SecretEvents secretEvents =
      new SecretEvents(Optional.empty(), new PrimaryCache(), recentWrites);
  private final KubernetesClient client = slowClient();
  private final AccountCache accounts =
      new AccountCache(client, secretEvents, new NamespaceLabels(Optional.empty()), BASE_URL);
  private final SynchronizedMemory memory =
      new SynchronizedMemory(
          recentWrites, secretEvents, new AccountAuthorizer(accounts), InstantSource.system());
  private final ReconcileLoop runner = runner();
  private volatile Optional<Error> error = Optional.empty();
  private Optional<KubernetesClientException> refusal = Optional.empty();

  @AfterEach
  void stop() {
    answer.countDown();
    threads.shutdown();
  }

  /** With a Secret each nothing else holds them up, and every thread that waits costs memory. */
  @Test
  void boundsReconcilesThatWaitForTheirInput() {
    // When
    IntStream.range(0, MANY).forEach(i -> threads.execute(() -> reconcile(withOwnSecret(i))));
    // Then
    await("they wait")
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(10))
        .until(() -> begun.get() == ENTRANCES);
    answer.countDown();
    await("all have been reconciled").until(() -> ended.get() == MANY);
    assertThat(begun).hasValue(MANY);
  }

  /** The queue keeps its name; nothing is held and nothing is read meanwhile. */
  @Test
  void queuesAResourceWithAKnownAccountBeforeReading() {
    // Given
    ConnectWiseInstance created = withOwnSecret(1);
    created.setStatus(null);
    memory.ended(unread(created), new ReconcileEnd.Queued(ACCOUNT));
    permits.full = true;
    // When
    Optional<Duration> again = runner.reconcile(created);
    // Then: a read would not have been answered
    assertThat(again).contains(Duration.ofMinutes(1));
    assertThat(permits.asked).containsExactly("account " + ACCOUNT.fingerprint() + " CREATIONS");
  }

  /** kstatus treats an empty status as finished; but saying so costs a write. */
  @Test
  void reportsANewResourceAsQueuedAfterFiveMinutes() {
    // Given
    ConnectWiseInstance created = withOwnSecret(1);
    created.setStatus(null);
    created.getMetadata().setFinalizers(List.of());
    memory.ended(unread(created), new ReconcileEnd.Queued(ACCOUNT));
    permits.full = true;
    permits.waited = Duration.ofMinutes(5).minusMillis(1);
    runner.reconcile(created);
    int before = writes.size();
    permits.waited = Duration.ofMinutes(5);
    // When
    runner.reconcile(created);
    // Then
    assertThat(before).isZero();
    assertThat(writes).containsExactly("writeStatus");
  }

  /** An unused reservation would keep a place for seconds. */
  @Test
  void withdrawsAResourceThatNeedsNoPermit() {
    // Given
    ConnectWiseInstance acme = withOwnSecret(1);
    answer.countDown();
    // When
    runner.reconcile(acme);
    runner.forget(SpecDefaults.id(acme));
    // Then
    assertThat(permits.asked)
        .containsExactly("withdraw integrations/acme-1", "withdraw integrations/acme-1");
  }

  /** The instance may have been made, and its Secret may go before the resource does. */
  @Test
  void remembersWhatADefectiveReconcileWorkedWith() {
    // Given
    answer.countDown();
    ConnectWiseInstance acme = withOwnSecret(1);
    secrets.put("secret-1", Resources.credentials("secret-1", "5"));
    // When: the service's port fails, and the API server before that can be reported
    Optional<Duration> again = runner.reconcile(acme);
    // Then
    assertThat(again).isPresent();
    AccountKey account = memory.accountOf(acme).orElseThrow();
    assertThat(memory.access(account.fingerprint(), List.of(acme))).isPresent();
  }

  /** A regular expression that runs out of stack, or a class that the image lacks. */
  @Test
  void reconcilesAgainAfterAnError() {
    // Given
    answer.countDown();
    error = Optional.of(new StackOverflowError());
    // When
    Optional<Duration> again = runner.reconcile(withOwnSecret(1));
    // Then
    assertThat(again).isPresent();
  }

  /** No event and no status would ever say why nothing happens. */
  @Test
  void reportsASecretThatItMayNotRead() {
    // Given
    answer.countDown();
    ConnectWiseInstance acme = withOwnSecret(1);
    secrets.put("secret-1", Resources.credentials("secret-1", "5"));
    refusal = Optional.of(new KubernetesClientException("forbidden", 403, null));
    // When
    Optional<Duration> again = runner.reconcile(acme);
    // Then: the service's port would fail
    assertThat(again).isPresent();
    assertThat(writes).containsExactly("writeStatus", "publish");
  }

  /** The failed read may succeed soon, and a status write for each resource would be useless. */
  @ParameterizedTest
  @ValueSource(ints = {0, 408, 409, 429, 500, 503})
  void reportsNoReadThatMaySucceedNext(int code) {
    // Given
    answer.countDown();
    secrets.put("secret-1", Resources.credentials("secret-1", "5"));
    refusal = Optional.of(new KubernetesClientException("not now", code, null));
    // When
    Optional<Duration> again = runner.reconcile(withOwnSecret(1));
    // Then
    assertThat(again).isPresent();
    assertThat(writes).isEmpty();
  }

  /** The account is asked for before anything is read. */
  @Test
  void reconcilesAgainWhenAccountsCannotBeAskedFor() {
    // Given
    answer.countDown();
    secrets.put("secret-1", Resources.credentials("secret-1", "5"));
    // When
    Optional<Duration> again = runner.reconcile(ofAnAccountObject());
    // Then
    assertThat(again).isPresent();
    assertThat(writes).isEmpty();
  }

  /** Where they cannot be listed there is none, and the API server is not asked for one. */
  @Test
  void reportsAnAccountObjectWhereAccountsCannotBeListed() {
    // Given
    answer.countDown();
    secrets.put("secret-1", Resources.credentials("secret-1", "5"));
    accounts.haveNone();
    // When
    Optional<Duration> again = runner.reconcile(ofAnAccountObject());
    // Then
    assertThat(again).isPresent();
    assertThat(writes).contains("writeStatus");
  }

  /** No event tells of a Secret where they are not watched, and the resource may wait a day. */
  @Test
  void looksEveryFifteenMinutesWhetherAnUnwatchedSecretHasCome() {
    // Given
    answer.countDown();
    ConnectWiseInstance daily = lackingItsSecret();
    secrets.put("another", Resources.credentials("another", "5"));
    Optional<Duration> first = runner.reconcile(daily);
    List<String> report = List.copyOf(writes);
    // When
    Optional<Duration> early = runner.reconcile(daily);
    List<String> written = List.copyOf(writes);
    secrets.put("secret-1", Resources.credentials("secret-1", "6"));
    runner.reconcile(daily);
    // Then
    assertThat(List.of(first, early)).containsOnly(Optional.of(Duration.ofMinutes(15)));
    assertThat(report).containsExactly("writeStatus");
    assertThat(written).as("the early reconcile writes nothing").isEqualTo(report);
    assertThat(memory.accountOf(daily)).as("the Secret is used").isPresent();
  }

  /** An earlier due time is kept. */
  @Test
  void aShorterWaitStaysAsItIs() {
    // Given
    ConnectWiseInstance created = withOwnSecret(1);
    created.setStatus(null);
    memory.ended(unread(created), new ReconcileEnd.Queued(ACCOUNT));
    permits.full = true;
    // When
    Optional<Duration> again = runner.reconcile(created);
    // Then
    assertThat(again).contains(ReconcileEnd.Queued.REQUEUE_AFTER);
  }

  private static ConnectWiseInstance lackingItsSecret() {
    ConnectWiseInstance resource = withOwnSecret(1);
    resource.setSpec(
        Serialization.unmarshal(
            """
            hub: helpdesk
            credentialsSecretRef: {name: secret-1}
            resyncInterval: 24h
            """,
            ConnectWiseInstanceSpec.class));
    resource.setStatus(Resources.reporting(resource.getStatus(), Reason.SECRET_NOT_FOUND));
    return resource;
  }

  private static ConnectWiseInstance ofAnAccountObject() {
    ConnectWiseInstance created = withOwnSecret(1);
    created.setStatus(null);
    created.setSpec(
        Serialization.unmarshal(
            """
            hub: helpdesk
            credentialsSecretRef: {name: secret-1}
            accountRef: {name: acme, namespace: accounts}
            """,
            ConnectWiseInstanceSpec.class));
    return created;
  }

  private static ReconcileInput unread(ConnectWiseInstance resource) {
    return new ReconcileInput(resource, Map.of());
  }

  /** A queue that a test fills. */
  private static final class Permits implements CallPermits {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private boolean full;
    private Duration waited = Duration.ZERO;

    @Override
    public <T> Optional<T> withPermit(
        AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
      asked.add("account " + account.fingerprint() + " " + priority);
      return full ? Optional.empty() : Optional.of(reconcile.get());
    }

    @Override
    public Optional<Duration> waited(ResourceId resource) {
      return Optional.of(waited);
    }

    @Override
    public void withdraw(ResourceId resource) {
      asked.add("withdraw " + resource);
    }
  }

  private void reconcile(ConnectWiseInstance resource) {
    begun.incrementAndGet();
    assertThat(runner.reconcile(resource)).isPresent();
    ended.incrementAndGet();
  }

  private static ConnectWiseInstance withOwnSecret(int number) {
    return Resources.acme(acme -> {
      acme.getMetadata().setName("acme-" + number);
      acme.setSpec(Resources.spec("secret-" + number, null, null));
    });
  }

  private ReconcileLoop runner() {
    InvocationHandler defective =
        (_, method, _) -> {
          throw new IllegalStateException(method + " is not to be called");
        };
    return new ReconcileLoop(
        new Reconciliation(
            stub(InstancesApi.class, defective),
            permits,
            stub(
                ClusterWrites.class,
                (_, method, _) -> {
                  writes.add(method.getName());
                  return "11";
                }),
            new ReconcileSettings(
                "test",
                BASE_URL,
                _ -> true,
                ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE),
                new ResyncIntervals(Duration.ofMinutes(10), Duration.ofMinutes(10), true)),
            FleetGuards.of(new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1)),
            InstantSource.system()),
        permits,
        new InputReader(
            client,
            recentWrites,
            secretEvents,
            new CrdReader(Optional.empty()),
            new AccountAuthorizer(accounts)),
        memory,
        new ReconcileMetrics(new SimpleMeterRegistry(), InstantSource.system()),
        ReconcileObserver.NONE,
        threads);
  }

  private KubernetesClient slowClient() {
    return stub(
        KubernetesClient.class,
        (_, method, _) -> {
          answer.await();
          if (error.isPresent()) {
            throw error.get();
          }
          if (method.getName().equals("secrets") && !secrets.isEmpty()) {
            return secretsOfServer();
          }
          throw new KubernetesClientException("not today");
        });
  }

  private Object secretsOfServer() {
    AtomicReference<Object> name = new AtomicReference<>();
    return Proxy.newProxyInstance(
        KubernetesClient.class.getClassLoader(),
        new Class<?>[] {MixedOperation.class, Resource.class},
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "inNamespace" -> proxy;
              case "withName" -> {
                name.set(arguments[0]);
                yield proxy;
              }
              case "get" -> {
                if (refusal.isPresent()) {
                  throw refusal.get();
                }
                yield secrets.get(name.get());
              }
              default -> throw new KubernetesClientException(method + ": not today");
            });
  }

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
