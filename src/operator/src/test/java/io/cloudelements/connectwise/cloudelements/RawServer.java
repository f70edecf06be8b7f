package io.cloudelements.connectwise.cloudelements;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers requests with any bytes, or none, and remembers what it was sent. */
final class RawServer implements AutoCloseable {
  /** Answers one request, which is given as text. */
  interface Script {
    void answer(NetSocket socket, String request);
  }

  private final NetServer server;
  private final Script script;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private RawServer(Vertx vertx, String host, NetServerOptions options, Script script) {
    this.script = script;
    this.server =
        vertx
            .createNetServer(options.setHost(host).setPort(0))
            .connectHandler(this::serve)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  static RawServer start(Vertx vertx, Script script) {
    return start(vertx, "127.0.0.1", new NetServerOptions(), script);
  }

  static RawServer start(Vertx vertx, String host, NetServerOptions options, Script script) {
    return new RawServer(vertx, host, options, script);
  }

  /** A script that answers every request with the same JSON. */
  static Script always(int status, String json) {
    return (socket, _) -> socket.write(response(status, json));
  }

  static String response(int status, String body, String... headers) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("Content-Length: ")
        .append(Buffer.buffer(body).length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  int opened() {
    return opened.get();
  }

  int closed() {
    return closed.get();
  }

  private void serve(NetSocket socket) {
    opened.incrementAndGet();
    socket.closeHandler(_ -> closed.incrementAndGet());
    // a client that resets the connection is what some tests are about
    socket.exceptionHandler(_ -> socket.close());
    StringBuilder received = new StringBuilder();
    socket.handler(bytes -> {
      String text = received.append(bytes.toString()).toString();
      if (endOfRequest(text) >= 0) {
        received.setLength(0);
        requests.add(text);
        script.answer(socket, text);
      }
    });
  }

  private static int endOfRequest(String text) {
    int endOfHead = text.indexOf("\r\n\r\n");
    if (endOfHead < 0) {
      return -1;
    }
    int length =
        text.substring(0, endOfHead)
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    int end = endOfHead + 4 + length;
    return Buffer.buffer(text).length() >= end ? end : -1;
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
