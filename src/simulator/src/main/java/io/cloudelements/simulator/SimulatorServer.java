package io.cloudelements.simulator;

import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.ApiResponse;
import io.cloudelements.simulator.model.Platform;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The simulator on a socket: turns deliveries into answers, closed connections and silence, and
 * lets latency pass on timers. Beside the platform it serves the {@link AdminApi}.
 */
public final class SimulatorServer implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_URI_LENGTH = 64 * 1024;

  private final Simulator simulator;
  private final Vertx vertx;
  private final HttpServer server;
  private final Router admin;
  private final String host;
  private final boolean tls;

  private SimulatorServer(
      Simulator simulator, String host, Optional<ServerCertificate> certificate) {
    this.simulator = simulator;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    this.admin = new AdminApi(simulator).router(vertx);
    this.host = host;
    this.tls = certificate.isPresent();
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setMaxInitialLineLength(MAX_URI_LENGTH);
    certificate.ifPresent(shown -> options.setSsl(true).setKeyCertOptions(shown.key()));
    this.server = vertx.createHttpServer(options).requestHandler(this::receive);
  }

  /** Serves a platform without users, whose time is that of the system. */
  public static SimulatorServer start() {
    return start(new Simulator(InstantSource.system()));
  }

  /** Serves on a free port of 127.0.0.1, without TLS. */
  public static SimulatorServer start(Simulator simulator) {
    return start(simulator, 0, Optional.empty());
  }

  /**
   * Serves on a port of 127.0.0.1.
   *
   * @param port 0 for a free one
   * @throws IllegalStateException when the port cannot be had
   */
  public static SimulatorServer start(
      Simulator simulator, int port, Optional<ServerCertificate> certificate) {
    return start(simulator, LOOPBACK, port, certificate);
  }

  /**
   * Serves on an address that others reach as well.
   *
   * @param port 0 for a free one
   * @throws IllegalStateException when address and port cannot be had
   */
  static SimulatorServer start(
      Simulator simulator, String host, int port, Optional<ServerCertificate> certificate) {
    SimulatorServer started = new SimulatorServer(simulator, host, certificate);
    try {
      await(started.server.listen(port));
      return started;
    } catch (CompletionException e) {
      started.close();
      throw new IllegalStateException("Cannot listen on port " + port, e.getCause());
    }
  }

  /** The URL that a client is configured with, prefix included. */
  public URI baseUrl() {
    return URI.create(origin() + Platform.PREFIX);
  }

  /** The URL of the admin API. */
  public URI adminUrl() {
    return URI.create(origin() + AdminApi.PREFIX);
  }

  public int port() {
    return server.actualPort();
  }

  public Simulator simulator() {
    return simulator;
  }

  /** Closes all connections, the silent ones too. */
  @Override
  public void close() {
    await(vertx.close());
  }

  private String origin() {
    return (tls ? "https://" : "http://") + host + ":" + port();
  }

  private void receive(HttpServerRequest http) {
    if (http.path() != null && http.path().startsWith(AdminApi.PREFIX)) {
      admin.handle(http);
      return;
    }
    // a caller that goes away while it still sends has not made a call
    http.body().onSuccess(body -> serve(http, request(http, body.toString())));
  }

  private void serve(HttpServerRequest http, ApiRequest request) {
    SimulatedExchange exchange = simulator.arrive(request);
    after(exchange.delay(), () -> send(http, exchange.finish()));
  }

  private void send(HttpServerRequest http, Delivery delivery) {
    HttpServerResponse response = http.response();
    switch (delivery) {
      case Delivery.Answered answered ->
          begin(response, answered.response()).end(answered.response().body());
      case Delivery.ConnectionLost lost ->
          lost.begun()
              .map(part -> begin(response, part).write(part.body()))
              .orElseGet(Future::succeededFuture)
              .onComplete(written -> http.connection().close());
      case Delivery.NeverAnswers never -> {}
    }
    simulator
        .nextDue()
        .map(due -> Duration.between(simulator.platform().now(), due))
        .ifPresent(wait -> after(wait, simulator::applyDue));
  }

  private static HttpServerResponse begin(HttpServerResponse response, ApiResponse content) {
    response.setStatusCode(content.status());
    content.headers().forEach(response::putHeader);
    return response;
  }

  private void after(Duration delay, Runnable action) {
    // Vert.x has no timer of zero, and one that is late never comes before its time
    long milliseconds = delay.plusNanos(999_999).toMillis();
    if (milliseconds <= 0) {
      action.run();
    } else {
      vertx.setTimer(milliseconds, timer -> action.run());
    }
  }

  private static ApiRequest request(HttpServerRequest http, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    http.headers().forEach((name, value) -> headers.putIfAbsent(name, value));
    return ApiRequest.of(http.method().name(), http.uri(), headers, body);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
