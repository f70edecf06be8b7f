package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.BehaviourBuilder;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.User;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The simulator on a socket, with the samples' account, and adapters that call it. */
final class SimulatedService implements BeforeEachCallback, AfterEachCallback {
  private final Simulator simulator = new Simulator(InstantSource.system());
  private final User user = ApiSamples.addUser(simulator);
  private final List<HttpInstancesApi> clients = new ArrayList<>();
  private Vertx vertx;
  private SimulatorServer server;
  private HttpInstancesApi api;

  @Override
  public void beforeEach(ExtensionContext context) {
    vertx = Vertx.vertx();
    server = SimulatorServer.start(simulator);
    api = client(Duration.ofSeconds(10));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    clients.forEach(HttpInstancesApi::close);
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  Simulator simulator() {
    return simulator;
  }

  OutsideWorld world() {
    return simulator.platform().outsideWorld();
  }

  /** The samples' user. */
  User user() {
    return user;
  }

  /** Sets switches of the platform. */
  void behaves(Consumer<BehaviourBuilder> change) {
    simulator.platform().behave(behaviour -> behaviour.with(change));
  }

  AccountAccess account() {
    return ApiSamples.account(server.baseUrl().toString());
  }

  /** An adapter with a deadline that no test reaches. */
  HttpInstancesApi api() {
    return api;
  }

  HttpInstancesApi client(Duration deadline) {
    return client(deadline, CallObserver.NONE);
  }

  HttpInstancesApi client(Duration deadline, CallObserver observer) {
    HttpInstancesApi client =
        HttpTestClient.api(
            vertx,
            server.baseUrl().toString(),
            c -> {
              c.requestTimeout = deadline;
              c.provisionTimeout = deadline;
              c.observer = observer;
            });
    clients.add(client);
    return client;
  }

  /** Creates the samples' instance and returns its id. */
  long create() {
    return api.create(account(), ApiSamples.definition(), SendWindow.ALWAYS).id();
  }

  /** Creates an instance with this tag and the operator's marker, without a call. */
  void byHand(String tag) {
    byHand(tag, Map.of());
  }

  void byHand(String tag, Map<String, String> configuration) {
    world()
        .createByHand(
            user, "connectwisehd", "by hand", Set.of(tag, OwnershipTag.MARKER), configuration);
  }
}
