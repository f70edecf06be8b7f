package io.cloudelements.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.simulator.TcpRelay;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets like those of watches, to a server that says little. */
class WatchHeartbeatTest {
  private static final String WATCH = "/apis/cloudelements.io/v1/connectwiseinstances";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong now = new AtomicLong();
  private final WatchHeartbeat heartbeat = new WatchHeartbeat(Duration.ofMillis(50), now::get);
  private final CompletableFuture<ServerWebSocket> accepted = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void serve() {
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(socket -> {
              socket.frameHandler(frame -> pings.addAndGet(frame.isPing() ? 1 : 0));
              accepted.complete(socket);
            })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private WebSocket connect(int port) {
    return heartbeat
        .around(vertx)
        .createHttpClient(new HttpClientOptions().setWebSocketClosingTimeout(1))
        .webSocket(
            new WebSocketConnectOptions()
                .setAbsoluteURI("ws://127.0.0.1:" + port + WATCH + "?watch=true"))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** Both sockets stay open, so that nothing but an answer that does not come tells it. */
  @Test
  void closesASilentlyDeadConnection() {
    // Given
    TcpRelay relay = TcpRelay.to(vertx, server.actualPort());
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    WebSocket socket = connect(relay.port());
    socket.exceptionHandler(broken::complete);
    // When
    relay.stall();
    // Then
    await().until(broken::isDone);
    assertThat(socket.isClosed()).isTrue();
  }

  /** A cluster where nothing happens is no dead one. */
  @Test
  void keepsAQuietConnection() {
    // Given
    WebSocket socket = connect(server.actualPort());
    // When
    await().until(() -> pings.get() > 10);
    // Then
    assertThat(socket.isClosed()).isFalse();
  }

  /** Answered pings prove a connection and not a watch: only what a watch is for counts. */
  @Test
  void silenceCountsFromTheLastMessage() {
    // Given
    CompletableFuture<String> received = new CompletableFuture<>();
    connect(server.actualPort()).textMessageHandler(received::complete);
    now.set(Duration.ofSeconds(70).toNanos());
    Duration before = heartbeat.silence();
    // When
    accepted.join().writeTextMessage("{\"type\":\"BOOKMARK\"}");
    // Then
    assertThat(received.join()).contains("BOOKMARK");
    assertThat(before).isEqualTo(Duration.ofSeconds(70));
    now.set(Duration.ofSeconds(75).toNanos());
    assertThat(heartbeat.silence()).isEqualTo(Duration.ofSeconds(5));
  }

  /** A watch that is connected again and again, and brings nothing, is as silent as before. */
  @Test
  void aNewConnectionDoesNotEndTheSilence() {
    // Given
    connect(server.actualPort());
    now.set(Duration.ofMinutes(4).toNanos());
    // When
    connect(server.actualPort());
    // Then
    assertThat(heartbeat.silence()).isEqualTo(Duration.ofMinutes(4));
  }
}
