package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.simulator.ServerCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsAndProxyTest {
  private static final RawServer.Script INSTANCE =
      RawServer.always(200, ApiSamples.instanceJson(7));

  private static Vertx vertx;
  private static ServerCertificate certificate;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    certificate = ServerCertificate.selfSigned();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  @Test
  void trustsTheCaBundle() throws IOException {
    // Given
    RawServer server = httpsServer(INSTANCE);
    HttpInstancesApi api = client(server, c -> c.caBundle = Optional.of(bundle()));
    // When
    RemoteInstance instance = api.read(ApiSamples.account(https(server, "127.0.0.1")), 7);
    // Then
    assertThat(instance.id()).isEqualTo(7);
  }

  @Test
  void refusesAnUnknownCertificate() {
    // Given
    RawServer server = httpsServer(INSTANCE);
    HttpInstancesApi api = client(server, _ -> {});
    // When
    RemoteFailure failure =
        failure(() -> api.delete(ApiSamples.account(https(server, "127.0.0.1")), 7));
    // Then: nothing was sent, and the message points at the setting
    assertThat(failure)
        .isEqualTo(new Unreachable("TLS: the server's certificate is not trusted (see CA_BUNDLE)"));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void refusesACertificateForAnotherHost() throws IOException {
    // Given: a trusted certificate for localhost and 127.0.0.1, shown on 127.0.0.2
    RawServer server =
        open(
            RawServer.start(
                vertx,
                "127.0.0.2",
                new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.key()),
                INSTANCE));
    HttpInstancesApi api =
        open(
            HttpTestClient.api(
                vertx, https(server, "127.0.0.2"), c -> c.caBundle = Optional.of(bundle())));
    // When
    RemoteFailure failure =
        failure(() -> api.delete(ApiSamples.account(https(server, "127.0.0.2")), 7));
    // Then
    assertThat(failure)
        .isEqualTo(new Unreachable("TLS: the server's certificate is not for this host"));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aMissingTlsHandshakeTimesOut() {
    // Given: TCP is accepted, TLS never answered
    RawServer server = open(RawServer.start(vertx, (_, _) -> {}));
    HttpInstancesApi api = client(server, c -> c.connectTimeout = Duration.ofMillis(200));
    // When
    RemoteFailure failure =
        failure(() -> api.delete(ApiSamples.account(https(server, "127.0.0.1")), 7));
    // Then: long before the deadline, and certain
    assertThat(failure).isEqualTo(new Unreachable("TLS: the handshake failed"));
  }

  @Test
  void reportsAnInvalidCaBundleAtStart() throws IOException {
    // Given
    Path empty = Files.writeString(directory.resolve("empty.pem"), "not a certificate");
    // When, Then
    assertThatThrownBy(() ->
            HttpTestClient.api(vertx, "https://a.example", c -> c.caBundle = Optional.of(empty)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.pem");
  }

  @Test
  void sendsHttpsThroughTheProxy() throws IOException {
    // Given
    RawServer server = httpsServer(INSTANCE);
    RawServer proxy = open(RawServer.start(vertx, tunnel(server)));
    HttpInstancesApi api =
        client(
            server,
            c -> {
              c.caBundle = Optional.of(bundle());
              c.proxy = Optional.of(URI.create("http://me:p%40ss@127.0.0.1:" + proxy.port()));
            });
    // When
    RemoteInstance instance = api.read(ApiSamples.account(https(server, "127.0.0.1")), 7);
    // Then: the proxy sees where to, its own credentials, and none of the account's
    assertThat(instance.id()).isEqualTo(7);
    assertThat(proxy.requests()).hasSize(1);
    assertThat(proxy.requests().getFirst())
        .startsWith("CONNECT 127.0.0.1:" + server.port())
        .containsIgnoringCase("proxy-authorization: Basic bWU6cEBzcw==")
        .doesNotContain(ApiSamples.USER_SECRET);
  }

  @Test
  void reachesANoProxyHostDirectly() throws IOException {
    // Given: a proxy address without a listener
    RawServer server = httpsServer(INSTANCE);
    HttpInstancesApi api =
        client(
            server,
            c -> {
              c.caBundle = Optional.of(bundle());
              c.proxy = Optional.of(URI.create("http://127.0.0.1:1"));
              c.noProxy = List.of("127.0.0.0/8");
            });
    // When
    RemoteInstance instance = api.read(ApiSamples.account(https(server, "127.0.0.1")), 7);
    // Then
    assertThat(instance.id()).isEqualTo(7);
  }

  @Test
  void sendsPlainHttpWithoutTheProxy() {
    // Given
    RawServer server = open(RawServer.start(vertx, INSTANCE));
    HttpInstancesApi api =
        open(
            HttpTestClient.api(
                vertx, server.url(), c -> c.proxy = Optional.of(URI.create("http://127.0.0.1:1"))));
    // When
    RemoteInstance instance = api.read(ApiSamples.account(server.url()), 7);
    // Then: it is the proxy of https
    assertThat(instance.id()).isEqualTo(7);
  }

  @Test
  void aRefusalByTheProxyHasNoEffect() {
    // Given
    RawServer proxy =
        open(RawServer.start(vertx, RawServer.always(407, "Proxy Authentication Required")));
    RawServer server = httpsServer(INSTANCE);
    HttpInstancesApi api =
        client(server, c -> c.proxy = Optional.of(URI.create("http://127.0.0.1:" + proxy.port())));
    // When
    RemoteFailure failure =
        failure(() ->
            api.replace(
                ApiSamples.account(https(server, "127.0.0.1")), 7, ApiSamples.definition()));
    // Then
    assertThat(failure).isEqualTo(new Unreachable("the proxy gave no connection"));
    assertThat(server.opened()).isZero();
  }

  private RawServer httpsServer(RawServer.Script script) {
    return open(
        RawServer.start(
            vertx,
            "127.0.0.1",
            new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.key()),
            script));
  }

  /** What a proxy does after CONNECT: bytes to and fro. */
  private RawServer.Script tunnel(RawServer server) {
    NetClient outward = vertx.createNetClient();
    opened.add(outward::close);
    return (socket, request) -> {
      if (!request.startsWith("CONNECT 127.0.0.1:" + server.port() + " ")) {
        socket.close();
        return;
      }
      socket.pause();
      outward
          .connect(server.port(), "127.0.0.1")
          .onSuccess(target -> {
            socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
            join(socket, target);
            socket.resume();
          });
    };
  }

  private static void join(NetSocket one, NetSocket other) {
    one.handler(other::write).closeHandler(_ -> other.close());
    other.handler(one::write).closeHandler(_ -> one.close());
  }

  private HttpInstancesApi client(RawServer server, Consumer<HttpTestClient> change) {
    return open(HttpTestClient.api(vertx, https(server, "127.0.0.1"), change));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private static String https(RawServer server, String host) {
    return "https://" + host + ":" + server.port();
  }

  private Path bundle() {
    try {
      return Files.writeString(directory.resolve("ca.pem"), certificate.pem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
