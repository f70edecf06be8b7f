package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests with the Web Client and none of its unsafe defaults: no redirects, no
 * decompression, verified TLS, bounded pool, queue, time and size.
 */
public final class VertxHttpTransport implements HttpTransport {
  /** Shorter than the idle timeout of usual load balancers, so that they seldom hang up first. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final WebClient client;
  private final ProxyRules proxies;
  private final HttpSettings settings;
  private final InstantSource clock;

  /**
   * @param clock for the windows of requests
   * @throws IllegalArgumentException when the CA bundle or the proxy of the settings is of no use
   */
  public VertxHttpTransport(Vertx vertx, HttpSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.proxies = ProxyRules.of(settings.route(), settings.timeouts().connect());
    WebClientOptions options = clientOptions(settings);
    this.client =
        WebClient.wrap(
            vertx
                .httpClientBuilder()
                .with(options)
                .with(poolOptions(settings))
                // the call learns of it too; unhandled it is logged, with the server's bytes in it
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
                .build(),
            options);
    ((WebClientInternal) client).addInterceptor(HttpExchange::intercept);
  }

  private static WebClientOptions clientOptions(HttpSettings settings) {
    int connectMillis = Math.toIntExact(settings.timeouts().connect().toMillis());
    // the deadlines end a call; this closes a connection that no caller waits for
    Duration idle = settings.timeouts().provision().plus(settings.timeouts().request());
    WebClientOptions options = new WebClientOptions();
    options
        .setUserAgent(settings.userAgent())
        .setFollowRedirects(false)
        .setMaxRedirects(0)
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setPipelining(false)
        .setKeepAlive(true)
        .setKeepAliveTimeout(Math.toIntExact(KEEP_ALIVE.toSeconds()))
        .setDecompressionSupported(false)
        .setMaxHeaderSize(16 * 1024)
        .setConnectTimeout(connectMillis)
        .setSslHandshakeTimeout(connectMillis)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(idle.toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setTcpKeepAlive(true)
        .setTrustAll(false)
        .setVerifyHost(true);
    settings
        .route()
        .caBundle()
        .map(TrustedCertificates::publicRootsAnd)
        .ifPresent(options::setTrustOptions);
    return options;
  }

  private static PoolOptions poolOptions(HttpSettings settings) {
    return new PoolOptions()
        .setHttp1MaxSize(settings.bounds().poolSize())
        .setMaxWaitQueueSize(settings.bounds().queued());
  }

  /**
   * Sends a call once more when the connection was lost and the call certainly had no effect: a
   * read, or a change of which no byte was written. The most frequent cause is harmless: the
   * service closed a pooled connection in the moment it was used.
   */
  @Override
  public HttpResult send(HttpCall call) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a call to the service would block the event loop");
    }
    long started = System.nanoTime();
    HttpResult result = sendOnce(call);
    Duration left = call.deadline().minusNanos(System.nanoTime() - started);
    boolean again =
        result instanceof HttpResult.Broken(ConnectionLost lost)
            && lost.effect() == Effect.NONE
            && left.isPositive()
            && !Thread.currentThread().isInterrupted();
    return again ? sendOnce(call.within(left)) : result;
  }

  private HttpResult sendOnce(HttpCall call) {
    HttpExchange exchange =
        new HttpExchange(
            settings.bounds().responseBytes(), call.window(), clock, new SendProgress());
    CompletableFuture<String> body =
        begin(call, exchange)
            .map(answer -> Optional.ofNullable(answer.bodyAsString()).orElse(""))
            .toCompletionStage()
            .toCompletableFuture();
    return new ExchangeEnd(call, exchange, proxy(call.target()).isPresent())
        .await(body, settings.timeouts().connectionWait(), ExchangeEnd.TimedWait.BLOCKING);
  }

  private Future<HttpResponse<Buffer>> begin(HttpCall call, HttpExchange exchange) {
    URI target = call.target();
    RequestOptions options = new RequestOptions();
    options
        .setSsl(isHttps(target))
        .setHost(host(target))
        .setPort(port(target))
        .setURI(
            target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()));
    proxy(target).ifPresent(options::setProxyOptions);
    HttpRequest<Buffer> request =
        client
            .request(HttpMethod.valueOf(call.method()), options)
            // also takes a call that gave up out of the queue for a connection
            .connectTimeout(settings.timeouts().connectionWait().toMillis())
            .as(exchange);
    call.headers().forEach(request::putHeader);
    return call.body()
        .map(body -> request.sendBuffer(Buffer.buffer(body)))
        .orElseGet(request::send);
  }

  private Optional<ProxyOptions> proxy(URI target) {
    return proxies.proxyFor(isHttps(target), host(target), port(target));
  }

  private static boolean isHttps(URI target) {
    return "https".equalsIgnoreCase(target.getScheme());
  }

  private static String host(URI target) {
    return ProxyRules.withoutBrackets(target.getHost());
  }

  private static int port(URI target) {
    if (target.getPort() >= 0) {
      return target.getPort();
    }
    return isHttps(target) ? 443 : 80;
  }

  @Override
  public void close() {
    client.close();
  }
}
