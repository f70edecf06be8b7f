package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.HttpInstancesApi;
import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.cloudelements.VertxHttpTransport;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Route;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** A simulated service, and the connection by which commands reach it. */
record ReachedService(SimulatorServer server, Vertx vertx, HttpInstancesApi api)
    implements AutoCloseable {

  static ReachedService start() {
    SimulatorServer server = SimulatorServer.start(new Simulator(InstantSource.system()));
    Vertx vertx = Vertx.vertx();
    HttpInstancesApi api =
        new HttpInstancesApi(
            new VertxHttpTransport(vertx, HttpSettings.DEFAULTS, InstantSource.system()),
            HttpSettings.DEFAULTS.timeouts(),
            AllowedBaseUrls.parse(List.of(server.baseUrl().toString())),
            InstantSource.system(),
            CallObserver.NONE);
    return new ReachedService(server, vertx, api);
  }

  Simulator simulator() {
    return server.simulator();
  }

  String url() {
    return server.baseUrl().toString();
  }

  List<Route> routes() {
    return simulator().journal().calls().stream().flatMap(call -> call.route().stream()).toList();
  }

  /** A person whose settings lead here. */
  Shell shell() {
    return new Shell()
        .with("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", url())
        .with("CLOUD_ELEMENTS_BASE_URL", url())
        .reaching(api);
  }

  @Override
  public void close() {
    api.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
