package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpFixture.account;
import static io.cloudelements.connectwise.cloudelements.HttpTestClient.api;
import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static io.cloudelements.connectwise.cloudelements.RawServer.response;
import static io.cloudelements.connectwise.instance.Effect.NONE;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call over a faulty network, and to a hostile server, byte by byte. */
class HttpHostileServerTest {
  @RegisterExtension static final HttpFixture http = new HttpFixture();

  private static final SendWindow ANY_TIME = SendWindow.ALWAYS;
  private static final String INSTANCE = ApiSamples.instanceJson(7);

  static List<Arguments> invalidAnswers() {
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
  @MethodSource("invalidAnswers")
  void anInvalidAnswerIsUnexpected(String bytes, String what) {
    // Given
    RawServer server = http.server((socket, _) -> socket.write(bytes));
    HttpInstancesApi api = http.client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), ApiSamples.definition(), ANY_TIME));
    // Then: the instance may exist after any answer; and nothing is sent twice
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
        http.server((socket, _) -> {
          socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          writeForEver(socket);
        });
    HttpInstancesApi api = http.client(server);
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then: neither memory nor the connection is spent on it
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    await().until(() -> server.closed() == 1);
  }

  @Test
  void doesNotInflateACompressedBomb() throws IOException {
    // Given: 64 MiB in 64 KiB, unrequested
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    RawServer server =
        http.server((socket, _) ->
            socket.write(
                Buffer.buffer(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + bomb.size()
                            + "\r\n\r\n")
                    .appendBytes(bomb.toByteArray())));
    HttpInstancesApi api = http.client(server);
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
  void aTruncatedAnswerIsUnexpected() {
    // Given
    RawServer server =
        http.server((socket, _) ->
            socket
                .write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\": 7")
                .onComplete(_ -> socket.close()));
    HttpInstancesApi api = http.client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), ApiSamples.definition(), ANY_TIME));
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
  void aLostMutationHasUnknownEffectAndIsNotResent() {
    // Given
    RawServer server = http.server((socket, _) -> socket.close());
    HttpInstancesApi api = http.client(server);
    // When
    RemoteFailure failure =
        failure(() -> api.create(account(server), ApiSamples.definition(), ANY_TIME));
    // Then
    assertThat(failure)
        .isEqualTo(new ConnectionLost("the connection was closed before an answer came", UNKNOWN));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aMutationOnAStaleConnectionHasUnknownEffect() {
    // Given: the service hangs up in the moment in which a pooled connection is used again
    AtomicInteger requests = new AtomicInteger();
    RawServer server =
        http.server((socket, _) -> {
          if (requests.incrementAndGet() == 1) {
            socket.write(response(200, INSTANCE));
          } else {
            socket.close();
          }
        });
    HttpInstancesApi api = http.client(server);
    api.read(account(server), 7);
    // When
    RemoteFailure failure = failure(() -> api.delete(account(server), 7));
    // Then: that it was received is possible
    assertThat(failure.effect()).isEqualTo(UNKNOWN);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void retriesALostReadOnce() {
    // Given
    AtomicInteger requests = new AtomicInteger();
    RawServer server =
        http.server((socket, _) -> {
          if (requests.incrementAndGet() == 2) {
            socket.close();
          } else {
            socket.write(response(200, INSTANCE));
          }
        });
    HttpInstancesApi api = http.client(server);
    api.read(account(server), 7);
    // When
    RemoteInstance instance = api.read(account(server), 7);
    // Then: the usual cause, a pooled connection closed by the service, stays unseen
    assertThat(instance.id()).isEqualTo(7);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aReadIsSentAtMostTwice() {
    // Given
    RawServer server = http.server((socket, _) -> socket.close());
    HttpInstancesApi api = http.client(server);
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then
    assertThat(failure).isInstanceOf(ConnectionLost.class);
    assertThat(failure.effect()).isEqualTo(NONE);
    assertThat(server.requests()).hasSize(2);
  }

  /** The port is bound and does not listen, so that no other process can take it meanwhile. */
  @Test
  void aRefusedConnectionHasNoEffect() throws IOException {
    // Given
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "http://127.0.0.1:" + bound.getLocalPort();
      HttpInstancesApi api = http.open(HttpTestClient.api(http.vertx(), url));
      // When
      RemoteFailure failure =
          failure(() -> api.create(ApiSamples.account(url), ApiSamples.definition(), ANY_TIME));
      // Then
      assertThat(failure)
          .isEqualTo(new Unreachable("the connection was refused, or not made in time"));
    }
  }

  private static void writeForEver(NetSocket socket) {
    String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
    socket.write(chunk).onSuccess(_ -> http.vertx().runOnContext(_ -> writeForEver(socket)));
  }
}
