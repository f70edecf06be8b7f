package io.cloudelements.connectwise.cli;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An API server with one resource at most, which has forgotten the changes before version {@link
 * #OLDEST}. It records each request; every other object is forbidden.
 */
final class AnsweringApiServer implements AutoCloseable {
  /** Of its lists. */
  static final int OLDEST = 100;

  private static final String RESOURCES =
      "/apis/cloudelements.io/v1/namespaces/integrations/connectwiseinstances";
  private static final String TOO_OLD =
      """
      {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "metadata": {},
       "status": "Failure", "reason": "Expired", "code": 410,
       "message": "too old resource version"}}\
      """;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Queue<String> watches = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile String items = "";

  private AnsweringApiServer() {
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(this::watch)
            .requestHandler(this::answer)
            .listen(SocketAddress.inetSocketAddress(0, loopback()))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  static AnsweringApiServer start() {
    return new AnsweringApiServer();
  }

  private static String loopback() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }

  static String resource(int version) {
    return """
    {"apiVersion": "cloudelements.io/v1", "kind": "ConnectWiseInstance",
     "metadata": {"name": "acme", "namespace": "integrations", "resourceVersion": "%d"}}\
    """
        .formatted(version);
  }

  /** The resource has this version. */
  AnsweringApiServer has(int version) {
    items = resource(version);
    return this;
  }

  /** Each watch from then on brings one of these; {@code 0} is an end, and there is no other. */
  AnsweringApiServer watchesBring(int... versions) {
    for (int version : versions) {
      watches.add(
          version == 0
              ? TOO_OLD
              : "{\"type\": \"MODIFIED\", \"object\": " + resource(version) + "}");
    }
    return this;
  }

  /** As {@code list} and {@code watch 100}. */
  List<String> asked() {
    return asked;
  }

  Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: here, cluster: {server: "http://%s:%d"}}]
        users: [{name: me, user: {token: canary}}]
        contexts: [{name: here, context: {cluster: here, user: me, namespace: integrations}}]
        current-context: here
        """
            .formatted(loopback(), server.actualPort()));
  }

  private void answer(HttpServerRequest request) {
    boolean isList = request.path().equals(RESOURCES);
    asked.add(isList ? "list" : request.path());
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .setStatusCode(isList ? 200 : 403)
        .end(
            isList
                ? """
                {"apiVersion": "cloudelements.io/v1", "kind": "ConnectWiseInstanceList",
                 "metadata": {"resourceVersion": "%d"}, "items": [%s]}\
                """
                    .formatted(OLDEST, items)
                : """
                {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": 403,
                 "reason": "Forbidden", "message": "forbidden"}\
                """);
  }

  private void watch(ServerWebSocket socket) {
    String from = socket.query().replaceFirst(".*\\bresourceVersion=(\\d+).*", "$1");
    asked.add("watch " + from);
    String brings = Integer.parseInt(from) < OLDEST ? TOO_OLD : watches.poll();
    socket.writeTextMessage(brings == null ? TOO_OLD : brings);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
