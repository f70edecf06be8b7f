package io.cloudelements.connectwise;

import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.config.Proxy;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.platform.AllowedBaseUrls;
import io.cloudelements.connectwise.platform.CallMeters;
import io.cloudelements.connectwise.platform.GateMeters;
import io.cloudelements.connectwise.platform.GateSettings;
import io.cloudelements.connectwise.platform.GatedInstancesApi;
import io.cloudelements.connectwise.platform.HttpInstancesApi;
import io.cloudelements.connectwise.platform.HttpSettings;
import io.cloudelements.connectwise.reconcile.PassSettings;
import io.cloudelements.connectwise.reconcile.Rhythm;
import io.cloudelements.connectwise.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The connection to Cloud Elements, as the settings want it. */
record CloudElements(GatedInstancesApi instances, HttpInstancesApi connection)
    implements AutoCloseable {
  /** From the recorded intent until the request is on its way: a turn at the gate included. */
  private static final Duration SEND_WITHIN = Duration.ofSeconds(30);

  /** Until an instance that was made shows in a search; generous, since none was ever reported. */
  private static final Duration VISIBILITY_MARGIN = Duration.ofSeconds(60);

  static CloudElements connect(
      Vertx vertx,
      OperatorConfig.Remote remote,
      String userAgent,
      MeterRegistry meters,
      Tracing tracing) {
    InstantSource clock = InstantSource.system();
    CallMeters callMeters = new CallMeters(meters);
    HttpInstancesApi connection =
        new HttpInstancesApi(
            vertx,
            http(remote, userAgent),
            AllowedBaseUrls.parse(remote.allowedBaseUrls()),
            clock,
            tracing.calls().around(callMeters));
    return new CloudElements(
        new GatedInstancesApi(
            connection,
            gate(remote),
            clock,
            SteadyClock.start(),
            new GateMeters(meters).alsoForgetting(callMeters::forget)),
        connection);
  }

  private static HttpSettings http(OperatorConfig.Remote remote, String userAgent) {
    HttpSettings usual = HttpSettings.DEFAULTS;
    return new HttpSettings(
        usual.connectTimeout(),
        remote.requestTimeout(),
        remote.provisionTimeout(),
        usual.maxResponseBytes(),
        remote.maxConnections(),
        usual.maxQueued(),
        remote.caBundle(),
        remote.proxy().map(Proxy::url),
        remote.proxy().map(Proxy::exceptions).orElse(List.of()),
        userAgent);
  }

  /** As many connections as the client has, so that a turn at the gate always finds one. */
  private static GateSettings gate(OperatorConfig.Remote remote) {
    return new GateSettings(
        remote.maxConcurrentRequests(),
        remote.maxConnections(),
        GateSettings.DEFAULTS.maxWaiting(),
        remote.breakerFailures(),
        GateSettings.DEFAULTS.maxWait());
  }

  static PassSettings passSettings(OperatorConfig config, String clusterName) {
    return new PassSettings(
        clusterName,
        config.remote().baseUrl(),
        AllowedBaseUrls.parse(config.remote().allowedBaseUrls())::permits,
        new ProvisioningWindow(SEND_WITHIN, config.remote().provisionTimeout(), VISIBILITY_MARGIN),
        Rhythm.withListings(config.resyncInterval(), config.watch().secrets()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
