package io.cloudelements.connectwise.platform;

import static io.cloudelements.connectwise.instance.Effect.ABSENT;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static io.cloudelements.connectwise.platform.HttpTestClient.api;
import static io.cloudelements.connectwise.platform.HttpTestClient.failure;
import static io.cloudelements.connectwise.platform.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.Redacted;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a network and a server that keep no promise do to a call, byte by byte. */
class HttpInstancesApiTest {
  private static final Instant ANY_TIME = Instant.MAX;
  private static final String INSTANCE = Samples.instanceJson(7);

  private static Vertx vertx;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  @Test
  void aRequestIsExactlyWhatTheContractSays() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = client(server);
    // When
    api.create(account(server), Samples.definition(), ANY_TIME);
    // Then: one Authorization header, no Element token, the seed's body
    assertThat(server.requests()).hasSize(1);
    String request = server.requests().getFirst();
    assertThat(request.lines().takeWhile(line -> !line.isEmpty()))
        .containsExactlyInAnyOrder(
            "POST /instances HTTP/1.1",
            "host: 127.0.0.1:" + server.port(),
            "user-agent: connectwise-operator/test",
            "Accept: application/json",
            "Accept-Encoding: identity",
            "Authorization: User "
                + Samples.USER_SECRET
                + ", Organization "
                + Samples.ORGANIZATION_SECRET,
            "Content-Type: application/json",
            "content-length: " + Buffer.buffer(bodyOf(request)).length());
    assertThat(bodyOf(request))
        .isEqualTo(
            """
            {"element":{"key":"connectwisehd"},"configuration":\
            {"helpdesk.connectwise.company":"open company",\
            "helpdesk.connectwise.password":"%s",\
            "helpdesk.connectwise.server.url":"open serverUrl",\
            "helpdesk.connectwise.username":"open username"},\
            "tags":["acme","connectwise-operator","%s"],"name":"Acme help desk"}\
            """
                .formatted(Samples.PASSWORD, Samples.TAG));
  }

  @Test
  void patchSendsOnlyWhatIsGiven() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = client(server);
    // When
    api.patch(account(server), 7, Optional.of("New name"), Optional.empty());
    api.patch(account(server), 7, Optional.empty(), Optional.of(Set.of("b", "a")));
    // Then: what is not sent is left alone, and tags replace all tags
    assertThat(server.requests())
        .extracting(HttpInstancesApiTest::bodyOf)
        .containsExactly("{\"name\":\"New name\"}", "{\"tags\":[\"a\",\"b\"]}");
  }

  @Test
  void callsWithoutABodySendNone() {
    // Given
    RawServer server = server(RawServer.always(200, ""));
    HttpInstancesApi api = client(server);
    // When
    api.setEnabled(account(server), 7, true);
    api.setEnabled(account(server), 7, false);
    api.delete(account(server), 7);
    // Then
    assertThat(server.requests())
        .extracting(request -> request.lines().findFirst().orElseThrow())
        .containsExactly(
            "PUT /instances/7/enabled HTTP/1.1",
            "DELETE /instances/7/enabled HTTP/1.1",
            "DELETE /instances/7 HTTP/1.1");
    assertThat(server.requests()).allMatch(request -> bodyOf(request).isEmpty());
  }

  @Test
  void callsShareAConnection() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = client(server);
    // When
    for (int i = 0; i < 10; i++) {
      api.read(account(server), 7);
    }
    // Then
    assertThat(server.requests()).hasSize(10);
    assertThat(server.opened()).isEqualTo(1);
  }

  static List<Arguments> nastyAnswers() {
    return List.of(
        argumentSet(
            "JSON that ends early",
            response(200, "{\"id\": 7, \"tok"),
            "an answer that is not JSON (status 200)"),
        argumentSet("a page", response(200, "<html></html>"), "HTML instead of JSON (status 200)"),
        argumentSet(
            "2 MB", response(200, " ".repeat(2 << 20)), "an answer that is too large (status 200)"),
        argumentSet(
            "a redirect",
            response(302, "", "Location: http://127.0.0.1:1/elsewhere"),
            "a redirect, which is never followed (status 302)"),
        argumentSet(
            "something that is no HTTP",
            "SSH-2.0-OpenSSH_9.9\r\n\r\n",
            "an answer that is not HTTP"),
        argumentSet(
            "a head without end",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000),
            "an answer that is not HTTP"),
        argumentSet(
            "a length that is none",
            "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
            "an answer that is not HTTP"));
  }

  @ParameterizedTest
  @MethodSource("nastyAnswers")
  void anAnswerThatIsNotTheServicesIsUnexpected(String bytes, String what) {
    // Given
    RawServer server = server((socket, _) -> socket.write(bytes));
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), Samples.definition(), ANY_TIME));
    // Then: the instance may exist, whatever came back; and nothing is sent twice
    assertThat(failure)
        .isInstanceOfSatisfying(
            UnexpectedAnswer.class, unexpected -> assertThat(unexpected.what()).isEqualTo(what));
    assertThat(failure.effect()).isEqualTo(UNKNOWN);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    // Given: it never stops sending
    RawServer server =
        server((socket, _) -> {
          socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          writeForEver(socket);
        });
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then: neither memory nor the connection is spent on it
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    await().until(() -> server.closed() == 1);
  }

  @Test
  void aCompressedBombDoesNotExplode() throws IOException {
    // Given: 64 MiB in 64 KiB, which nobody asked for
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    RawServer server =
        server((socket, _) ->
            socket.write(
                Buffer.buffer(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + bomb.size()
                            + "\r\n\r\n")
                    .appendBytes(bomb.toByteArray())));
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then: it was not inflated
    assertThat(failure)
        .isInstanceOfSatisfying(
            UnexpectedAnswer.class,
            unexpected ->
                assertThat(unexpected.what()).isEqualTo("an answer that is not JSON (status 200)"));
  }

  @Test
  void anAnswerThatBreaksOffIsUnexpected() {
    // Given
    RawServer server =
        server((socket, _) ->
            socket
                .write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\": 7")
                .onComplete(_ -> socket.close()));
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), Samples.definition(), ANY_TIME));
    // Then: its head tells that the service did something
    assertThat(failure)
        .isInstanceOfSatisfying(
            UnexpectedAnswer.class,
            unexpected -> {
              assertThat(unexpected.what()).isEqualTo("an answer that broke off (status 200)");
              assertThat(unexpected.effect()).isEqualTo(UNKNOWN);
            });
  }

  @Test
  void aLostMutationIsInDoubtAndNeverSentAgain() {
    // Given
    RawServer server = server((socket, _) -> socket.close());
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), Samples.definition(), ANY_TIME));
    // Then
    assertThat(failure)
        .isEqualTo(new ConnectionLost("the connection was closed before an answer came", UNKNOWN));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aMutationOnAStaleConnectionIsInDoubt() {
    // Given: the service hangs up in the moment in which a pooled connection is used again
    AtomicInteger requests = new AtomicInteger();
    RawServer server =
        server((socket, _) -> {
          if (requests.incrementAndGet() == 1) {
            socket.write(response(200, INSTANCE));
          } else {
            socket.close();
          }
        });
    HttpInstancesApi api = client(server);
    api.read(account(server), 7);
    // When
    RemoteFailure failure = failure(() -> api.delete(account(server), 7));
    // Then: that it was received is possible
    assertThat(failure.effect()).isEqualTo(UNKNOWN);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aLostReadIsSentOnceMore() {
    // Given
    AtomicInteger requests = new AtomicInteger();
    RawServer server =
        server((socket, _) -> {
          if (requests.incrementAndGet() == 2) {
            socket.close();
          } else {
            socket.write(response(200, INSTANCE));
          }
        });
    HttpInstancesApi api = client(server);
    api.read(account(server), 7);
    // When
    RemoteInstance instance = api.read(account(server), 7);
    // Then: the usual cause, a pooled connection closed by the service, stays unseen
    assertThat(instance.id()).isEqualTo(7);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aReadIsNotSentForEver() {
    // Given
    RawServer server = server((socket, _) -> socket.close());
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then
    assertThat(failure).isInstanceOf(ConnectionLost.class);
    assertThat(failure.effect()).isEqualTo(ABSENT);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aSilentServerIsLeftAtTheDeadline() {
    // Given
    RawServer server = server((_, _) -> {});
    Duration deadline = Duration.ofMillis(300);
    HttpInstancesApi api = client(server, c -> c.provisionTimeout = deadline);
    long before = System.nanoTime();
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), Samples.definition(), ANY_TIME));
    // Then: in time, in doubt, and without a connection left behind
    assertThat(failure).isEqualTo(new TimedOut(deadline, UNKNOWN));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(deadline, deadline.plusSeconds(5));
    await().until(() -> server.closed() == 1);
  }

  @Test
  void aDrippingAnswerDoesNotStretchTheDeadline() {
    // Given: a byte now and then, which would keep an idle timeout from ever firing
    RawServer server =
        server((socket, _) -> {
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
          long timer = vertx.setPeriodic(20, _ -> socket.write(" "));
          socket.closeHandler(_ -> vertx.cancelTimer(timer));
        });
    Duration deadline = Duration.ofMillis(300);
    HttpInstancesApi api = client(server, c -> c.requestTimeout = deadline);
    // When
    RemoteFailure failure = failure(() -> api.delete(account(server), 7));
    // Then
    assertThat(failure).isEqualTo(new TimedOut(deadline, UNKNOWN));
  }

  @Test
  void provisioningHasTheLongerDeadline() {
    // Given: a service that needs longer than other calls may take
    RawServer server =
        server((socket, _) -> vertx.setTimer(400, _ -> socket.write(response(200, INSTANCE))));
    HttpInstancesApi api = client(server, c -> c.requestTimeout = Duration.ofMillis(200));
    // When
    RemoteInstance instance = api.replace(account(server), 7, Samples.definition());
    // Then
    assertThat(instance.id()).isEqualTo(7);
    assertThat(failure(() -> api.read(account(server), 7))).isInstanceOf(TimedOut.class);
  }

  @Test
  void aWaitForAConnectionCountsAgainstTheDeadlineAndIsThenNeverSent() throws Exception {
    // Given: the only connection is taken until the test says so
    CompletableFuture<NetSocket> busy = new CompletableFuture<>();
    RawServer server = server((socket, _) -> busy.complete(socket));
    Duration deadline = Duration.ofMillis(300);
    HttpInstancesApi api =
        client(
            server,
            c -> {
              c.poolSize = 1;
              c.requestTimeout = deadline;
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RemoteInstance> first =
          threads.submit(() -> api.replace(account(server), 7, Samples.definition()));
      NetSocket socket = busy.get();
      // When
      RemoteFailure failure = failure(() -> api.delete(account(server), 8));
      // Then: certain to have done nothing, also after the connection is free again
      assertThat(failure).isEqualTo(new TimedOut(deadline, ABSENT));
      socket.write(response(200, INSTANCE));
      assertThat(first.get().id()).isEqualTo(7);
      socket.closeHandler(null);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aFullQueueTurnsCallsAway() throws Exception {
    // Given: one connection, in use, and nobody may wait
    CompletableFuture<NetSocket> busy = new CompletableFuture<>();
    RawServer server = server((socket, _) -> busy.complete(socket));
    HttpInstancesApi api =
        client(
            server,
            c -> {
              c.poolSize = 1;
              c.maxQueued = 0;
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RemoteInstance> first = threads.submit(() -> api.read(account(server), 7));
      NetSocket socket = busy.get();
      // When
      RemoteFailure failure = failure(() -> api.read(account(server), 8));
      // Then
      assertThat(failure)
          .isEqualTo(new NotSent("too many calls are waiting for a connection", Optional.empty()));
      socket.write(response(200, INSTANCE));
      assertThat(first.get().id()).isEqualTo(7);
    }
  }

  @Test
  void aCreationWhoseTimePassedIsNotSent() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    SettableClock clock = new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));
    HttpInstancesApi api =
        client(
            server,
            c -> {
              c.clock = clock;
              c.poolSize = 1;
            });
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), Samples.definition(), clock.instant()));
    // Then: not a byte went out, and the connection serves the next call
    assertThat(failure).isEqualTo(TransportFailures.expired());
    assertThat(api.read(account(server), 7).id()).isEqualTo(7);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.opened()).isEqualTo(1);
  }

  @Test
  void aCreationWhoseTimePassesInTheQueueIsNotSent() throws Exception {
    // Given: the only connection is taken, and the clock moves meanwhile
    Instant noon = Instant.parse("2026-11-24T12:00:00Z");
    SettableClock clock = new SettableClock(noon);
    CompletableFuture<NetSocket> busy = new CompletableFuture<>();
    RawServer server = server((socket, _) -> busy.complete(socket));
    HttpInstancesApi api =
        client(
            server,
            c -> {
              c.clock = clock;
              c.poolSize = 1;
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RemoteInstance> first = threads.submit(() -> api.read(account(server), 7));
      NetSocket socket = busy.get();
      Future<RemoteFailure> late =
          threads.submit(() ->
              failure(
                  () -> api.create(account(server), Samples.definition(), noon.plusSeconds(30))));
      clock.set(noon.plusSeconds(30));
      // When
      socket.write(response(200, INSTANCE));
      // Then
      assertThat(first.get().id()).isEqualTo(7);
      assertThat(late.get()).isEqualTo(TransportFailures.expired());
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anInterruptedCallIsInDoubtAndKeepsTheFlag() throws Exception {
    // Given
    CompletableFuture<NetSocket> received = new CompletableFuture<>();
    RawServer server = server((socket, _) -> received.complete(socket));
    HttpInstancesApi api = client(server);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    Thread caller =
        Thread.startVirtualThread(() -> {
          seen.add(failure(() -> api.create(account(server), Samples.definition(), ANY_TIME)));
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
  void aCallGivenUpInTheQueueIsNeverSent() throws Exception {
    // Given: the only connection is taken, and a creation waits for it
    CompletableFuture<NetSocket> busy = new CompletableFuture<>();
    RawServer server =
        server((socket, _) -> {
          if (!busy.complete(socket)) {
            socket.write(response(200, INSTANCE));
          }
        });
    HttpInstancesApi api = client(server, c -> c.poolSize = 1);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RemoteInstance> first = threads.submit(() -> api.read(account(server), 7));
      NetSocket socket = busy.get();
      Thread waiting =
          Thread.startVirtualThread(() ->
              seen.add(failure(() -> api.create(account(server), Samples.definition(), ANY_TIME))));
      // When
      waiting.interrupt();
      // Then: also not later, when the connection is free, and the next call has it
      waiting.join();
      socket.write(response(200, INSTANCE));
      assertThat(first.get().id()).isEqualTo(7);
      assertThat(api.read(account(server), 7).id()).isEqualTo(7);
      assertThat(seen)
          .containsExactly(
              new NotSent("the operator stopped before it was sent", Optional.empty()));
      assertThat(server.requests()).hasSize(2).noneMatch(request -> request.startsWith("POST"));
    }
  }

  @Test
  void nobodyListeningIsCertainToHaveDoneNothing() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    server.close();
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), Samples.definition(), ANY_TIME));
    // Then
    assertThat(failure)
        .isEqualTo(new Unreachable("the connection was refused, or not made in time"));
  }

  @Test
  void aBaseUrlThatIsNotAllowedIsNeverCalled() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = open(api(vertx, "https://api.example.com"));
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then: whoever checked before, the secrets stay here
    assertThat(failure)
        .isEqualTo(new NotSent("the base URL is not one of the allowed ones", Optional.empty()));
    assertThat(server.opened()).isZero();
  }

  @Test
  void aSecretWithALineBreakIsNoHeader() {
    // Given: from a Secret that was made with `echo`
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = client(server);
    Account account =
        new Account(
            account(server).baseUrl(), Redacted.of("user\nX-Injected: yes"), Redacted.of("org"));
    // When
    RemoteFailure failure = failure(() -> api.read(account, 7));
    // Then
    assertThat(failure).isInstanceOf(NotSent.class);
    assertThat(server.opened()).isZero();
  }

  @Test
  void aMaskIsNeverWrittenBack() {
    // Given: a configuration read from the service instead of from the Secret
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = client(server);
    InstanceDefinition masked =
        new InstanceDefinition(
            Samples.definition().element(),
            "name",
            Set.of(),
            new Configuration(
                new TreeMap<>(
                    Map.of("helpdesk.connectwise.password", Redacted.of(Configuration.MASK))),
                Set.of()));
    // When
    RemoteFailure failure = failure(() -> api.replace(account(server), 7, masked));
    // Then: the service might store it
    assertThat(failure).isInstanceOf(NotSent.class);
    assertThat(server.opened()).isZero();
  }

  @Test
  void anEventLoopIsNeverBlocked() {
    // Given
    RawServer server = server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = client(server);
    CompletableFuture<RemoteInstance> called = new CompletableFuture<>();
    // When
    vertx.runOnContext(_ -> {
      try {
        called.complete(api.read(account(server), 7));
      } catch (IllegalStateException e) {
        called.completeExceptionally(e);
      }
    });
    // Then
    assertThatThrownBy(called::join).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void pagesAreFollowedToTheEnd() {
    // Given: three pages; the last one is the service's 404 for "none"
    RawServer server =
        server((socket, request) -> {
          if (request.contains("nextPage=b")) {
            socket.write(response(404, "{\"message\": \"No element instances found\"}"));
          } else if (request.contains("nextPage=a%2B%2F%3D")) {
            socket.write(
                response(200, "[" + Samples.instanceJson(8) + "]", "Elements-Next-Page-Token: b"));
          } else {
            socket.write(response(200, "[" + INSTANCE + "]", "Elements-Next-Page-Token: a+/="));
          }
        });
    HttpInstancesApi api = client(server);
    // When
    List<RemoteInstance> found = api.findByTag(account(server), Samples.TAG);
    // Then: the token is encoded, else it would be another one
    assertThat(found).extracting(RemoteInstance::id).containsExactly(7L, 8L);
    assertThat(server.requests().getFirst())
        .startsWith("GET /instances?tags%5B%5D=" + Samples.TAG + "&pageSize=200 HTTP/1.1");
  }

  @Test
  void pagesThatRepeatAreNoList() {
    // Given
    RawServer server =
        server((socket, _) ->
            socket.write(response(200, "[" + INSTANCE + "]", "Elements-Next-Page-Token: again")));
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure = failure(() -> api.findByTag(account(server), Samples.TAG));
    // Then: no endless loop, and no half of a list that passes for a whole one
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void pagesWithoutEndAreNoList() {
    // Given: a new token each time
    AtomicInteger page = new AtomicInteger();
    RawServer server =
        server((socket, _) ->
            socket.write(
                response(200, "[]", "Elements-Next-Page-Token: " + page.incrementAndGet())));
    HttpInstancesApi api = client(server);
    // When
    RemoteFailure failure = failure(() -> api.findByTag(account(server), Samples.TAG));
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    assertThat(server.requests()).hasSize(100);
  }

  @Test
  void whatDoesNotCarryTheTagIsNotFound() {
    // Given: a service that ignores tags[]
    RawServer server =
        server(
            RawServer.always(
                200,
                "["
                    + Samples.instanceJson(7).replace(Samples.TAG.value(), "other")
                    + ", {\"id\": 9, \"token\": \"t\"},"
                    + Samples.instanceJson(8)
                    + "]"));
    HttpInstancesApi api = client(server);
    // When
    List<RemoteInstance> found = api.findByTag(account(server), Samples.TAG);
    // Then: else somebody else's instance would be taken over
    assertThat(found).extracting(RemoteInstance::id).containsExactly(8L);
  }

  private RawServer server(RawServer.Script script) {
    return open(RawServer.start(vertx, script));
  }

  private HttpInstancesApi client(RawServer server) {
    return client(server, _ -> {});
  }

  private HttpInstancesApi client(RawServer server, Consumer<HttpTestClient> change) {
    return open(api(vertx, server.url(), change));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private static Account account(RawServer server) {
    return Samples.account(server.url());
  }

  private static String bodyOf(String request) {
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private static void writeForEver(NetSocket socket) {
    String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
    socket.write(chunk).onSuccess(_ -> vertx.runOnContext(_ -> writeForEver(socket)));
  }
}
