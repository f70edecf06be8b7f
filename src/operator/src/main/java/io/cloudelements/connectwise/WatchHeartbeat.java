package io.cloudelements.connectwise;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices watches whose connection has died silently, as behind a NAT gateway that forgot it: each
 * WebSocket is pinged, and one whose pings are not answered is closed, so that the informer
 * connects anew. It also knows when each watch last brought an event or a bookmark, which the API
 * server sends about once a minute (the informers ask for them).
 *
 * <p>Fabric8's transport over Vert.x sends no pings (its {@code websocketPingInterval} is used by
 * another transport) and has no hook for them, so the Vert.x that it is given is wrapped where it
 * opens WebSockets.
 */
final class WatchHeartbeat {
  /** Three of them and a reconnection of at most 8 s are less than a minute. */
  static final Duration INTERVAL = Duration.ofSeconds(15);

  /** Pings in a row without an answer that mean that the connection is dead. */
  private static final int MOST_UNANSWERED = 2;

  private static final Logger LOG = LoggerFactory.getLogger(WatchHeartbeat.class);

  private final Duration interval;
  private final LongSupplier nanoTime;

  /** When the last event or bookmark came, by the path of the watch. */
  private final Map<String, Long> heard = new ConcurrentHashMap<>();

  WatchHeartbeat(Duration interval, LongSupplier nanoTime) {
    this.interval = interval;
    this.nanoTime = nanoTime;
  }

  /** Since the last event or bookmark of the watch that has had none for longest. */
  Duration silence() {
    long now = nanoTime.getAsLong();
    return heard.values().stream()
        .map(last -> Duration.ofNanos(now - last))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  void bindTo(MeterRegistry registry) {
    Gauge.builder("connectwise.watch.silence", () -> silence().toMillis() / 1e3)
        .description("Longest time since the last event or bookmark, over all watches")
        .baseUnit("seconds")
        .register(registry);
  }

  /** A Vert.x like the given one, whose HTTP clients watch over their WebSockets. */
  Vertx around(Vertx vertx) {
    return wrapped(
        Vertx.class,
        vertx,
        (method, arguments, result) ->
            method.getName().equals("createHttpClient")
                    && arguments.length == 1
                    && arguments[0] instanceof HttpClientOptions
                ? around(vertx, (HttpClient) result)
                : result);
  }

  private HttpClient around(Vertx vertx, HttpClient client) {
    return wrapped(
        HttpClient.class,
        client,
        (method, arguments, result) ->
            method.getName().equals("webSocket")
                    && arguments.length == 1
                    && arguments[0] instanceof WebSocketConnectOptions options
                ? ((Future<?>) result)
                    .map(WebSocket.class::cast)
                    .map(socket -> around(vertx, socket, URI.create(options.getURI()).getPath()))
                : result);
  }

  private WebSocket around(Vertx vertx, WebSocket socket, String path) {
    heard.putIfAbsent(path, nanoTime.getAsLong());
    new Beat(vertx, socket, path).start();
    return (WebSocket)
        Proxy.newProxyInstance(
            WatchHeartbeat.class.getClassLoader(),
            new Class<?>[] {WebSocket.class},
            (_, method, arguments) -> invoke(socket, method, listening(method, arguments, path)));
  }

  /** The handler of text messages, which a watch's events and bookmarks are, and then the clock. */
  private Object[] listening(Method method, Object[] arguments, String path) {
    if (!method.getName().equals("textMessageHandler") || arguments[0] == null) {
      return arguments;
    }
    @SuppressWarnings("unchecked") // by the signature of the method
    Handler<String> handler = (Handler<String>) arguments[0];
    Handler<String> both =
        message -> {
          heard.put(path, nanoTime.getAsLong());
          handler.handle(message);
        };
    return new Object[] {both};
  }

  /** The pings of one connection; all on its event loop. */
  private final class Beat {
    private final Vertx vertx;
    private final WebSocket socket;
    private final String path;
    private long timer;
    private int unanswered;

    private Beat(Vertx vertx, WebSocket socket, String path) {
      this.vertx = vertx;
      this.socket = socket;
      this.path = path;
    }

    private void start() {
      timer = vertx.setPeriodic(interval.toMillis(), _ -> beat());
      socket.pongHandler(_ -> unanswered = 0);
      socket.closeHandler(_ -> vertx.cancelTimer(timer));
    }

    private void beat() {
      if (unanswered == MOST_UNANSWERED) {
        vertx.cancelTimer(timer);
        LOG.warn(
            "The watch of {} has not answered for {} s; it is connected anew",
            path,
            interval.multipliedBy(MOST_UNANSWERED + 1L).toSeconds());
        socket.close();
      } else {
        unanswered++;
        socket.writePing(Buffer.buffer());
      }
    }
  }

  /** What becomes of a call's result. */
  private interface ResultMapper {
    Object of(Method method, Object[] arguments, Object result);
  }

  private static <T> T wrapped(Class<T> type, T target, ResultMapper mapper) {
    InvocationHandler handler =
        (_, method, arguments) ->
            mapper.of(
                method,
                arguments == null ? new Object[0] : arguments,
                invoke(target, method, arguments));
    return type.cast(
        Proxy.newProxyInstance(
            WatchHeartbeat.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
