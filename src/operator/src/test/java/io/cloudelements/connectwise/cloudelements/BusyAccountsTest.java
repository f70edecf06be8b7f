package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More calls than connections, over real sockets: all are answered, and none is a failure. */
class BusyAccountsTest {
  @RegisterExtension static final HttpFixture http = new HttpFixture();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String INSTANCE = ApiSamples.instanceJson(7);

  /** POSTs that the test has not let go yet. */
  private final ConcurrentLinkedQueue<NetSocket> held = new ConcurrentLinkedQueue<>();

  private volatile boolean letGo;

  private RawServer slowService() {
    return http.server((socket, request) -> {
      if (request.startsWith("POST") && !letGo) {
        held.add(socket);
      } else {
        socket.write(response(200, INSTANCE));
      }
    });
  }

  private void releaseAnswers() {
    letGo = true;
    held.forEach(socket -> socket.write(response(200, INSTANCE)));
  }

  private RateLimitedInstancesApi gated(RawServer server, int ofOne, int connections) {
    HttpInstancesApi api =
        http.client(
            server,
            c -> {
              c.poolSize = connections;
              c.requestTimeout = Duration.ofSeconds(5);
              c.provisionTimeout = LIMIT;
            });
    return new RateLimitedInstancesApi(
        api,
        new QueueSettings(ofOne, connections, 5, LIMIT),
        InstantSource.system(),
        InstantSource.system(),
        QueueObserver.NONE);
  }

  private static AccountAccess account(RawServer server, int number) {
    return AccountAccess.to(
        new Account(
            URI.create(server.url()),
            SecretValue.of("user" + number),
            SecretValue.of("organization" + number)));
  }

  private static List<Future<RemoteInstance>> create(
      RateLimitedInstancesApi api, AccountAccess account, int times, ExecutorService threads) {
    List<Future<RemoteInstance>> creations = new ArrayList<>();
    for (int creation = 0; creation < times; creation++) {
      creations.add(
          threads.submit(() -> api.create(account, ApiSamples.definition(), SendWindow.ALWAYS)));
    }
    return creations;
  }

  /** It once took 40 s, eleven breakers were open, and 96 calls had "timed out" unsent. */
  @Test
  void aChangeDoesNotWaitForCreationsOfOtherAccounts() throws Exception {
    // Given: twelve accounts with sixteen slow creations each, on 64 connections
    RawServer server = slowService();
    RateLimitedInstancesApi api = gated(server, 16, 64);
    List<Future<RemoteInstance>> creations = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < 12; number++) {
        creations.addAll(create(api, account(server, number), 16, threads));
      }
      await().atMost(LIMIT).until(() -> held.size() >= 48);
      // When
      RemoteInstance renamed =
          api.patch(account(server, 99), 7, Optional.of("new name"), Optional.empty());
      // Then: while not one creation has been answered
      assertThat(renamed.id()).isEqualTo(7);
      assertThat(held).hasSizeLessThanOrEqualTo(64);
      releaseAnswers();
      for (Future<RemoteInstance> creation : creations) {
        assertThat(creation.get().id()).isEqualTo(7);
      }
      assertThat(server.requests()).as("each was sent once").hasSize(12 * 16 + 1);
    }
  }

  /** The pool once had 64 connections with every setting. */
  @Test
  void anAccountReachesItsConfiguredConcurrency() throws Exception {
    // Given
    RawServer server = slowService();
    RateLimitedInstancesApi api = gated(server, 200, 512);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // When
      List<Future<RemoteInstance>> creations = create(api, account(server, 1), 200, threads);
      // Then
      await().atMost(LIMIT).until(() -> held.size() == 200);
      releaseAnswers();
      for (Future<RemoteInstance> creation : creations) {
        assertThat(creation.get().id()).isEqualTo(7);
      }
    }
  }
}
