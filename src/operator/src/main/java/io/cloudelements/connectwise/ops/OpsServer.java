package io.cloudelements.connectwise.ops;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations port: {@code /livez} (the process runs, nothing more: an API server that is down
 * must not restart the pod), {@code /readyz}, {@code /metrics} and reports as JSON. Answers GET and
 * HEAD, to a bounded number of connections, of which idle ones are closed first.
 */
public final class OpsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

  /** Enough for the probes and scrapers of any cluster; each takes a file descriptor. */
  private static final int MOST_CONNECTIONS = 256;

  private static final int IDLE_SECONDS = 10;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final Vertx vertx;
  private final HttpServer server;
  private final Map<String, Page> pages;
  private final OpsConnections connections = new OpsConnections(MOST_CONNECTIONS);

  private OpsServer(Vertx vertx, int port, Map<String, Page> pages) {
    this.vertx = vertx;
    this.pages = pages;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setPort(port)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setMaxInitialLineLength(1_024)
                    .setMaxHeaderSize(8_192)
                    .setHttp2ClearTextEnabled(false))
            .connectionHandler(connections::opened)
            .requestHandler(this::handle);
  }

  /**
   * Binds the port on all addresses and answers from then on.
   *
   * @param port 0 for any free one, see {@link #port()}
   * @param readiness asked on the event loop at each probe: it must not block
   * @param reports by their path ({@code /orphans})
   * @throws IOException when the port cannot be bound; the message says what to do
   */
  public static OpsServer start(
      Vertx vertx,
      int port,
      Supplier<Readiness> readiness,
      OperatorMetrics metrics,
      Map<String, OpsReport> reports)
      throws IOException {
    Map<String, Page> pages = new TreeMap<>();
    reports.forEach(
        (path, report) -> pages.put(path, new Page(true, asked -> reported(report, asked))));
    pages.put("/livez", new Page(false, _ -> new Reply(200, TEXT, "ok\n")));
    pages.put("/readyz", new Page(false, _ -> ready(readiness.get())));
    pages.put("/metrics", new Page(true, asked -> measured(metrics, asked.accept())));

    OpsServer ops = new OpsServer(vertx, port, pages);
    try {
      ops.server.listen().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String problem = "HTTP_PORT: port " + port + " cannot be bound (" + cause.getMessage() + ")";
      throw cause instanceof BindException
          ? new IOException(problem + "; set HTTP_PORT to a free port, or to 0 for any", cause)
          : new IOException(problem, cause);
    }
    return ops;
  }

  /** The port that was bound. */
  public int port() {
    return server.actualPort();
  }

  /** Stops answering. */
  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Reply reported(OpsReport report, RequestParameters asked) {
    return switch (report.answer(asked.query())) {
      case OpsReport.Document(String json) -> new Reply(200, JSON, json);
      case OpsReport.BadQuery(String remedy) -> new Reply(400, TEXT, remedy + "\n");
    };
  }

  private static Reply measured(OperatorMetrics metrics, Optional<String> accept) {
    OperatorMetrics.Format format = OperatorMetrics.Format.acceptedBy(accept);
    return new Reply(200, format.contentType(), metrics.scrape(format));
  }

  private static Reply ready(Readiness readiness) {
    List<String> lines = new ArrayList<>(readiness.isReady() ? List.of("ok") : readiness.missing());
    lines.addAll(readiness.notes());
    return new Reply(readiness.isReady() ? 200 : 503, TEXT, String.join("\n", lines) + "\n");
  }

  private void handle(HttpServerRequest request) {
    connections.began(request.connection());
    request.response().endHandler(_ -> connections.answered(request.connection()));
    Page page = pages.get(request.path());
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      // an unread body may be endless
      request.response().putHeader("allow", "GET, HEAD").putHeader("connection", "close");
      send(request, new Reply(405, TEXT, "only GET and HEAD are answered\n"));
    } else if (page == null) {
      send(request, new Reply(404, TEXT, "here are " + String.join(", ", pages.keySet()) + "\n"));
    } else {
      RequestParameters.by(request)
          .map(asked -> page.render(vertx, asked))
          .orElseGet(
              () -> Future.succeededFuture(new Reply(400, TEXT, "the query cannot be read\n")))
          .onSuccess(reply -> send(request, reply))
          .onFailure(failure -> {
            LOG.error("{} cannot be shown", request.path(), failure);
            send(request, new Reply(500, TEXT, "failed; the log says why\n"));
          });
    }
  }

  private static void send(HttpServerRequest request, Reply reply) {
    Buffer body = Buffer.buffer(reply.body());
    var response =
        request
            .response()
            .setStatusCode(reply.status())
            .putHeader("content-type", reply.contentType())
            .putHeader("content-length", Integer.toString(body.length()))
            .putHeader("cache-control", "no-store");
    Future<Void> sent =
        request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    sent.onFailure(failure -> LOG.debug("the client of {} is gone", request.path(), failure));
  }

  private record Reply(int status, String contentType, String body) {}

  /**
   * What a reply depends on.
   *
   * @param accept the content types that the client accepts
   */
  private record RequestParameters(Map<String, String> query, Optional<String> accept) {
    /** Empty when the query is malformed. */
    static Optional<RequestParameters> by(HttpServerRequest request) {
      Map<String, String> query = new HashMap<>();
      try {
        request
            .params()
            .forEach(parameter -> query.putIfAbsent(parameter.getKey(), parameter.getValue()));
      } catch (IllegalArgumentException e) {
        LOG.debug("A query cannot be read", e);
        return Optional.empty();
      }
      return Optional.of(
          new RequestParameters(query, Optional.ofNullable(request.getHeader("accept"))));
    }
  }

  /**
   * How one path is answered.
   *
   * @param slow computed on a worker thread, so that a probe never waits behind a scrape
   */
  private record Page(boolean slow, Function<RequestParameters, Reply> reply) {
    Future<Reply> render(Vertx vertx, RequestParameters asked) {
      return slow
          ? vertx.executeBlocking(() -> reply.apply(asked)).map(Objects::requireNonNull)
          : Future.succeededFuture(reply).map(known -> known.apply(asked));
    }
  }
}
