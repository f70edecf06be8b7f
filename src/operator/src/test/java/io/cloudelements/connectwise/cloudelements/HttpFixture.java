package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers and adapters of a test, which end with it, on one Vert.x per class. */
final class HttpFixture implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Vertx vertx;

  @Override
  public void beforeAll(ExtensionContext context) {
    vertx = Vertx.vertx();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
    opened.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  Vertx vertx() {
    return vertx;
  }

  RawServer server(RawServer.Script script) {
    return open(RawServer.start(vertx, script));
  }

  HttpInstancesApi client(RawServer server) {
    return client(server, _ -> {});
  }

  HttpInstancesApi client(RawServer server, Consumer<HttpTestClient> change) {
    return open(HttpTestClient.api(vertx, server.url(), change));
  }

  static AccountAccess account(RawServer server) {
    return ApiSamples.account(server.url());
  }

  <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }
}
