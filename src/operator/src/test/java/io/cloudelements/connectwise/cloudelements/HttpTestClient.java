package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings of an adapter under test; a test changes what it is about. */
final class HttpTestClient {
  Duration connectTimeout = Duration.ofSeconds(5);
  Duration requestTimeout = Duration.ofSeconds(10);
  Duration provisionTimeout = Duration.ofSeconds(10);
  int poolSize = 8;
  int maxQueued = 8;
  Optional<Path> caBundle = Optional.empty();
  Optional<URI> proxy = Optional.empty();
  List<String> noProxy = List.of();
  InstantSource clock = InstantSource.system();
  CallObserver observer = CallObserver.NONE;

  private HttpTestClient() {}

  /** An adapter that may call this base URL only. */
  static HttpInstancesApi api(Vertx vertx, String allowed, Consumer<HttpTestClient> change) {
    HttpTestClient client = new HttpTestClient();
    change.accept(client);
    HttpSettings settings =
        new HttpSettings(
            new HttpSettings.Timeouts(
                client.connectTimeout, client.requestTimeout, client.provisionTimeout),
            new HttpSettings.CallBounds(1 << 20, client.poolSize, client.maxQueued),
            new HttpSettings.NetworkRoute(client.caBundle, client.proxy, client.noProxy),
            "connectwise-operator/test");
    return new HttpInstancesApi(
        new VertxHttpTransport(vertx, settings, client.clock),
        settings.timeouts(),
        AllowedBaseUrls.parse(List.of(allowed)),
        client.clock,
        client.observer);
  }

  static HttpInstancesApi api(Vertx vertx, String allowed) {
    return api(vertx, allowed, _ -> {});
  }

  static RemoteFailure failure(Runnable call) {
    return catchThrowableOfType(InstancesApiException.class, call::run).failure();
  }
}
