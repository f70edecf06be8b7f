package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.Response.Complete;
import io.cloudelements.connectwise.instance.SendWindow;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * One request on its way, from the wait for a connection to the last byte of its answer.
 *
 * <p>The Web Client's public API shows neither the moment of writing nor the request to abort; both
 * come from its interceptor.
 */
final class HttpExchange implements BodyCodec<Buffer> {

  /** Why a request that had a connection was not written. */
  static final class NotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotWrittenException() {
      super("not written", null, false, false);
    }
  }

  private record Head(int status, Map<String, String> headers) {}

  private final int maxResponseBytes;
  private final SendWindow window;
  private final InstantSource clock;
  private final SendProgress progress;
  private final AtomicReference<Optional<Head>> head = new AtomicReference<>(Optional.empty());

  HttpExchange(
      int maxResponseBytes, SendWindow window, InstantSource clock, SendProgress progress) {
    this.progress = progress;
    this.maxResponseBytes = maxResponseBytes;
    this.window = window;
    this.clock = clock;
  }

  /** The interceptor of a Web Client whose requests are exchanges. */
  static void intercept(HttpContext<?> context) {
    if (context.request().bodyCodec() instanceof HttpExchange exchange) {
      if (context.phase() == ClientPhase.SEND_REQUEST && !exchange.start(context.clientRequest())) {
        context.fail(new NotWrittenException());
        return;
      }
      if (context.phase() == ClientPhase.RECEIVE_RESPONSE) {
        exchange.receive(context.clientResponse());
      }
    }
    context.next();
  }

  private boolean start(HttpClientRequest begun) {
    // each failure ends the exchange anyway, and without a handler it is logged as an error
    begun.exceptionHandler(_ -> {});
    return start(begun::reset);
  }

  /**
   * A connection is there.
   *
   * @return whether the request is to be written
   */
  boolean start(Runnable abort) {
    return progress.start(window.isOpen(clock.instant()), abort);
  }

  SendProgress progress() {
    return progress;
  }

  private void receive(HttpClientResponse response) {
    Map<String, String> headers =
        response.headers().entries().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first));
    receive(response.statusCode(), headers);
  }

  void receive(int status, Map<String, String> headers) {
    head.set(Optional.of(new Head(status, headers)));
  }

  @Override
  public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
    handler.handle(Future.succeededFuture(new BoundedBody(maxResponseBytes)));
  }

  /** The answer, when its body is complete. */
  Optional<Response> answered(String body) {
    return head.get().map(seen -> new Response(seen.status(), seen.headers(), new Complete(body)));
  }

  /** The answer, when its head came and its body did not. */
  Optional<Response> brokenOff(Response.Body instead) {
    return head.get().map(seen -> new Response(seen.status(), seen.headers(), instead));
  }
}
