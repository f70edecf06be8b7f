package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpFixture.account;
import static io.cloudelements.connectwise.cloudelements.HttpTestClient.api;
import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static io.cloudelements.connectwise.cloudelements.RawServer.response;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a call may take, where it may wait, and what is certain when it is given up. */
class HttpDeadlineTest {
  @RegisterExtension static final HttpFixture http = new HttpFixture();

  private static final SendWindow ANY_TIME = SendWindow.ALWAYS;
  private static final String INSTANCE = ApiSamples.instanceJson(7);

  @Test
  void aSilentServerTimesOutAtTheDeadline() {
    // Given
    RawServer server = http.server((_, _) -> {});
    Duration deadline = Duration.ofMillis(300);
    HttpInstancesApi api = http.client(server, c -> c.provisionTimeout = deadline);
    long before = System.nanoTime();
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), ApiSamples.definition(), ANY_TIME));
    // Then: in time, in doubt, and without a connection left behind
    assertThat(failure).isEqualTo(new TimedOut(deadline, UNKNOWN));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(deadline, deadline.plusSeconds(5));
    await().until(() -> server.closed() == 1);
  }

  @Test
  void aSlowAnswerDoesNotExtendTheDeadline() {
    // Given: a byte now and then, which would keep an idle timeout from ever firing
    RawServer server =
        http.server((socket, _) -> {
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
          long timer = http.vertx().setPeriodic(20, _ -> socket.write(" "));
          socket.closeHandler(_ -> http.vertx().cancelTimer(timer));
        });
    Duration deadline = Duration.ofMillis(300);
    HttpInstancesApi api = http.client(server, c -> c.requestTimeout = deadline);
    // When
    RemoteFailure failure = failure(() -> api.delete(account(server), 7));
    // Then
    assertThat(failure).isEqualTo(new TimedOut(deadline, UNKNOWN));
  }

  @Test
  void provisioningHasALongerDeadline() {
    // Given: a service that needs longer than other calls may take
    RawServer server =
        http.server(
            (socket, _) -> http.vertx().setTimer(400, _ -> socket.write(response(200, INSTANCE))));
    HttpInstancesApi api = http.client(server, c -> c.requestTimeout = Duration.ofMillis(200));
    // When
    RemoteInstance instance = api.replace(account(server), 7, ApiSamples.definition());
    // Then
    assertThat(instance.id()).isEqualTo(7);
    assertThat(failure(() -> api.read(account(server), 7))).isInstanceOf(TimedOut.class);
  }

  /** A call that waits for others says nothing of the service, and has its whole time later. */
  @Test
  void theDeadlineBeginsWithTheConnection() throws Exception {
    // Given: the only connection is free again when the second call's deadline would have passed
    Duration deadline = Duration.ofMillis(300);
    CompletableFuture<Long> waiting = new CompletableFuture<>();
    RawServer server =
        http.server((socket, request) -> {
          if (request.startsWith("DELETE")) {
            socket.write(response(200, "{}"));
          } else {
            http.vertx().setTimer(900, _ -> socket.write(response(200, INSTANCE)));
            waiting.complete(0L);
          }
        });
    HttpInstancesApi api =
        http.client(
            server,
            c -> {
              c.poolSize = 1;
              c.requestTimeout = deadline;
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RemoteInstance> first =
          threads.submit(() -> api.replace(account(server), 7, ApiSamples.definition()));
      waiting.get();
      // When
      api.delete(account(server), 8);
      // Then
      assertThat(first.get().id()).isEqualTo(7);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void doesNotSendACallThatGotNoConnectionInTime() throws Exception {
    // Given: the only connection is taken until the test says so
    try (var taken = new TakenConnection(c -> c.connectTimeout = Duration.ofMillis(100))) {
      // When
      RemoteFailure failure = failure(() -> taken.api.delete(account(taken.server), 8));
      // Then: certain to have done nothing, also after the connection is free again
      assertThat(failure).isEqualTo(TransportFailures.unconnected());
      taken.isFreed();
      assertThat(taken.server.requests()).hasSize(1);
    }
  }

  @Test
  void aFullQueueRejectsCalls() throws Exception {
    // Given: one connection, in use, and no call may wait
    try (var taken = new TakenConnection(c -> c.maxQueued = 0)) {
      // When
      RemoteFailure failure = failure(() -> taken.api.read(account(taken.server), 8));
      // Then
      assertThat(failure)
          .isEqualTo(NotSent.busy("too many calls are waiting for a connection", Optional.empty()));
      taken.isFreed();
    }
  }

  @Test
  void doesNotSendACreationAfterItsWindow() {
    // Given
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    SettableClock clock = new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));
    HttpInstancesApi api =
        http.client(
            server,
            c -> {
              c.clock = clock;
              c.poolSize = 1;
            });
    // When
    RemoteFailure failure =
        failure(() ->
            api.create(
                account(server),
                ApiSamples.definition(),
                new SendWindow(Instant.MIN, clock.instant())));
    // Then: not a byte went out, and the connection serves the next call
    assertThat(failure).isEqualTo(NotSent.expired());
    assertThat(api.read(account(server), 7).id()).isEqualTo(7);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.opened()).isEqualTo(1);
  }

  @Test
  void doesNotSendACreationWhoseWindowEndsInTheQueue() throws Exception {
    // Given: the only connection is taken, and the clock moves meanwhile
    Instant noon = Instant.parse("2026-11-24T12:00:00Z");
    SettableClock clock = new SettableClock(noon);
    SendWindow window = new SendWindow(noon, noon.plusSeconds(30));
    try (var taken = new TakenConnection(c -> c.clock = clock)) {
      Future<RemoteFailure> late =
          taken.threads.submit(() ->
              failure(
                  () -> taken.api.create(account(taken.server), ApiSamples.definition(), window)));
      clock.set(noon.plusSeconds(30));
      // When
      taken.isFreed();
      // Then
      assertThat(late.get()).isEqualTo(NotSent.expired());
      assertThat(taken.server.requests()).hasSize(1);
    }
  }

  @Test
  void anInterruptedCallHasUnknownEffectAndKeepsTheFlag() throws Exception {
    // Given
    CompletableFuture<NetSocket> received = new CompletableFuture<>();
    RawServer server = http.server((socket, _) -> received.complete(socket));
    HttpInstancesApi api = http.client(server);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    Thread caller =
        Thread.startVirtualThread(() -> {
          seen.add(failure(() -> api.create(account(server), ApiSamples.definition(), ANY_TIME)));
          seen.add(Thread.currentThread().isInterrupted());
        });
    received.get();
    // When
    caller.interrupt();
    // Then: a shutdown in the middle of a POST leaves an open outcome, not a wrong one
    caller.join();
    assertThat(seen)
        .containsExactly(
            new ConnectionLost("the operator stopped before an answer came", UNKNOWN), true);
  }

  @Test
  void doesNotSendACallCancelledInTheQueue() throws Exception {
    // Given: the only connection is taken, and a creation waits for it
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    try (var taken = new TakenConnection(_ -> {})) {
      Thread waiting =
          Thread.startVirtualThread(() ->
              seen.add(
                  failure(() ->
                      taken.api.create(account(taken.server), ApiSamples.definition(), ANY_TIME))));
      // When
      waiting.interrupt();
      // Then: also not later, when the connection is free, and the next call has it
      waiting.join();
      taken.isFreed();
      assertThat(taken.api.read(account(taken.server), 7).id()).isEqualTo(7);
      assertThat(seen)
          .containsExactly(
              new NotSent("the operator stopped before it was sent", Optional.empty()));
      assertThat(taken.server.requests())
          .hasSize(2)
          .noneMatch(request -> request.startsWith("POST"));
    }
  }

  /** An adapter whose only connection is taken by a read, until the test frees it. */
  private static final class TakenConnection implements AutoCloseable {
    private final CompletableFuture<NetSocket> busy = new CompletableFuture<>();
    private final RawServer server;
    private final HttpInstancesApi api;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<RemoteInstance> first;

    private TakenConnection(Consumer<HttpTestClient> settings) throws Exception {
      server =
          http.server((socket, _) -> {
            if (!busy.complete(socket)) {
              socket.write(response(200, INSTANCE));
            }
          });
      api = http.client(server, settings.andThen(client -> client.poolSize = 1));
      first = threads.submit(() -> api.read(account(server), 7));
      busy.get();
    }

    private void isFreed() throws Exception {
      busy.get().write(response(200, INSTANCE));
      assertThat(first.get().id()).isEqualTo(7);
    }

    @Override
    public void close() {
      threads.close();
    }
  }
}
