package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.ServerCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * As much of a kubelet as a port-forward and a log need. For a port-forward the API server hands
 * the client's WebSocket to it, of the protocol {@code v4.channel.k8s.io} (channel 0 data, 1
 * errors; each begins with the port). For a log it asks for {@code
 * /containerLogs/NAMESPACE/POD/CONTAINER}.
 */
record SimulatedKubelet(Vertx vertx, HttpServer server) implements AutoCloseable {
  private static final String PROTOCOL = "v4.channel.k8s.io";

  /** Of a pod whose container {@code operator} is that process. */
  static SimulatedKubelet of(OperatorProcess operator) {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(ServerCertificate.selfSigned().key())
                    .setWebSocketSubProtocols(List.of(PROTOCOL)))
            .webSocketHandler(socket -> forward(vertx, socket, operator.port()))
            .requestHandler(request -> log(request, operator));
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    return new SimulatedKubelet(vertx, server);
  }

  int port() {
    return server.actualPort();
  }

  private static void log(HttpServerRequest request, OperatorProcess operator) {
    if (!request.path().matches("/containerLogs/[^/]+/[^/]+/operator")) {
      request.response().setStatusCode(404).end();
      return;
    }
    List<String> lines = operator.log();
    int asked = Integer.parseInt(request.getParam("tailLines"));
    request
        .response()
        .putHeader("Content-Type", "text/plain")
        .end(
            lines.stream()
                .skip(Math.max(0, lines.size() - asked))
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
  }

  private static void forward(Vertx vertx, ServerWebSocket socket, int target) {
    int asked =
        Optional.ofNullable(socket.query())
            .map(query -> query.replaceFirst(".*\\bports?=(\\d+).*", "$1"))
            .map(Integer::valueOf)
            .orElseThrow();
    for (byte channel = 0; channel < 2; channel++) {
      socket.writeBinaryMessage(Buffer.buffer().appendByte(channel).appendUnsignedShortLE(asked));
    }
    socket.pause();
    vertx
        .createNetClient()
        .connect(target, "127.0.0.1")
        .onSuccess(pod -> join(socket, pod))
        .onFailure(failure -> socket.close());
  }

  private static void join(ServerWebSocket socket, NetSocket pod) {
    pod.handler(
        data -> socket.writeBinaryMessage(Buffer.buffer().appendByte((byte) 0).appendBuffer(data)));
    pod.closeHandler(_ -> socket.close());
    socket.binaryMessageHandler(message -> {
      if (message.length() > 1 && message.getByte(0) == 0) {
        pod.write(message.slice(1, message.length()));
      }
    });
    socket.closeHandler(_ -> pod.close());
    socket.resume();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
