package io.cloudelements.connectwise.image;

import io.cloudelements.simulator.ServerCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;

/**
 * The API server of an empty cluster, as far as the operator asks it until it is ready: every list
 * is empty, every watch stays silent, and one Lease is kept. There is none in a container build. A
 * command asks for more: it holds the objects that it is given.
 */
final class ApiServerStub implements AutoCloseable {
  private static final String EMPTY_LIST =
      """
      {"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}
      """;
  private static final String NOT_FOUND =
      """
      {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}
      """;

  private final Vertx vertx;
  private final HttpServer server;
  private final Map<String, String> objects;
  // of the event loop
  private Optional<Buffer> lease = Optional.empty();

  private ApiServerStub(Vertx vertx, ServerCertificate certificate, Map<String, String> objects) {
    this.vertx = vertx;
    this.objects = Map.copyOf(objects);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setSsl(true)
                    .setKeyCertOptions(certificate.key()))
            .requestHandler(this::receive);
  }

  static ApiServerStub start(ServerCertificate certificate) {
    return start(certificate, Map.of());
  }

  /**
   * @param objects as JSON, by their paths
   */
  static ApiServerStub start(ServerCertificate certificate, Map<String, String> objects) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    ApiServerStub stub = new ApiServerStub(vertx, certificate, objects);
    stub.server.listen().toCompletionStage().toCompletableFuture().join();
    return stub;
  }

  String url() {
    return "https://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void receive(HttpServerRequest request) {
    if (request.headers().contains("Upgrade", "websocket", true)) {
      request.toWebSocket();
    } else {
      request.body().onSuccess(body -> answer(request, body));
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    boolean reads = request.method().equals(HttpMethod.GET);
    if (request.path().contains("/leases/") || request.path().endsWith("/leases")) {
      if (request.method().equals(HttpMethod.POST)) {
        lease = Optional.of(body);
      }
      reply(request, lease.isPresent() ? 200 : 404, lease.orElse(Buffer.buffer(NOT_FOUND)));
    } else {
      String held = objects.getOrDefault(request.path(), EMPTY_LIST);
      reply(request, 200, reads ? Buffer.buffer(held) : body);
    }
  }

  private static void reply(HttpServerRequest request, int status, Buffer body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body);
  }
}
