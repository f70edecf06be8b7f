package io.cloudelements.connectwise;

import io.cloudelements.connectwise.cloudelements.CallMetrics;
import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.HttpInstancesApi;
import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.cloudelements.VertxHttpTransport;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.config.Proxy;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.ops.QueueMetrics;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** The connection to Cloud Elements, as the settings want it. */
public record CloudElementsConnection(
    RateLimitedInstancesApi instances, HttpInstancesApi connection) implements AutoCloseable {
  /**
   * @param observer observes each call, around the meters
   */
  public static CloudElementsConnection connect(
      Vertx vertx,
      OperatorConfig.Remote remote,
      String userAgent,
      MeterRegistry meters,
      CallObserver observer) {
    InstantSource clock = InstantSource.system();
    CallMetrics callMeters = new CallMetrics(meters);
    HttpSettings settings = http(remote, userAgent);
    HttpInstancesApi connection =
        new HttpInstancesApi(
            new VertxHttpTransport(vertx, settings, clock),
            settings.timeouts(),
            AllowedBaseUrls.parse(remote.allowedBaseUrls()),
            clock,
            observer.around(callMeters));
    return new CloudElementsConnection(
        new RateLimitedInstancesApi(
            connection,
            queue(remote),
            clock,
            SteadyClock.start(),
            new QueueMetrics(meters).alsoForgetting(callMeters::forget)),
        connection);
  }

  private static HttpSettings http(OperatorConfig.Remote remote, String userAgent) {
    HttpSettings usual = HttpSettings.DEFAULTS;
    return new HttpSettings(
        new HttpSettings.Timeouts(
            usual.timeouts().connect(), remote.requestTimeout(), remote.provisionTimeout()),
        new HttpSettings.CallBounds(
            usual.bounds().responseBytes(),
            remote.limits().maxConnections(),
            usual.bounds().queued()),
        new HttpSettings.NetworkRoute(
            remote.caBundle(),
            remote.proxy().map(Proxy::url),
            remote.proxy().map(Proxy::exceptions).orElse(List.of())),
        userAgent);
  }

  /** As many connections as the client has, so that a call with a permit finds one. */
  private static QueueSettings queue(OperatorConfig.Remote remote) {
    return new QueueSettings(
        remote.limits().maxConcurrentRequests(),
        remote.limits().maxConnections(),
        remote.limits().breakerFailures(),
        QueueSettings.DEFAULTS.maxWait());
  }

  @Override
  public void close() {
    connection.close();
  }
}
