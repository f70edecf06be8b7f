package io.cloudelements.connectwise.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.Readiness.LeaderStatus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsServerTest {
  private static final byte[] REQUEST =
      "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final ResourceId WAITING = new ResourceId("integrations", "acme");

  private static Vertx vertx;
  private static HttpClient client;

  private final Function<ResourceId, Optional<Integer>> positions =
      resource -> Optional.of(3).filter(_ -> resource.equals(WAITING));
  private volatile Readiness readiness =
      new Readiness(true, LeaderStatus.LEADER, Duration.ZERO, ManagementPolicy.MANAGE);
  private OperatorMetrics metrics;
  private OpsServer server;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void start() throws IOException {
    metrics = new OperatorMetrics(new BuildInfo("1.2.3", Optional.of("abc123")), Optional.empty());
    server =
        OpsServer.start(
            vertx,
            0,
            () -> readiness,
            metrics,
            Map.of(
                "/orphans",
                OpsReport.of(() -> "[{\"id\":7}]"),
                "/broken",
                OpsReport.of(() -> {
                  throw new IllegalStateException("token=hunter2");
                }),
                QueuePage.PATH,
                QueuePage.report(positions)));
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  /** A pod whose API server is down must not be restarted: a restart would not help. */
  @Test
  void isAliveWhenNotReady() throws Exception {
    // Given
    readiness =
        new Readiness(false, LeaderStatus.UNDECIDED, Duration.ZERO, ManagementPolicy.MANAGE);

    // When
    HttpResponse<String> response = get("/livez");

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("ok\n");
  }

  /** The answer says why a pod is not ready. */
  @ParameterizedTest(name = "synced {0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | LEADER    | 200 | ok",
        "true  | STANDBY   | 200 | ok",
        "true  | UNDECIDED | 503 | it is not decided whether this replica leads or stands by",
        "false | LEADER    | 503 | the caches are not synced",
        "false | STANDBY   | 503 | the caches are not synced",
      })
  void isReadyWhenSyncedAndLeaderOrStandby(
      boolean synced, LeaderStatus leadership, int status, String body) throws Exception {
    // Given
    readiness = new Readiness(synced, leadership, Duration.ZERO, ManagementPolicy.MANAGE);

    // When
    HttpResponse<String> response = get("/readyz");

    // Then
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body + "\n");
  }

  /** The answer says that an operator which does nothing is configured so. */
  @ParameterizedTest
  @CsvSource({"true, ok", "false, the caches are not synced"})
  void tellsAnOperatingModeThatLetsItDoLess(boolean synced, String state) throws Exception {
    // Given
    readiness = new Readiness(synced, LeaderStatus.LEADER, Duration.ZERO, ManagementPolicy.OBSERVE);

    // When
    HttpResponse<String> response = get("/readyz");

    // Then
    assertThat(response.body()).isEqualTo(state + "\noperating mode Observe\n");
  }

  /** The caches grow old when the API server is silent for longer than bookmarks ever take. */
  @ParameterizedTest
  @CsvSource({"180, 200", "181, 503"})
  void isNotReadyWhenTheWatchesAreSilent(long seconds, int status) throws Exception {
    // Given
    readiness =
        new Readiness(
            true, LeaderStatus.LEADER, Duration.ofSeconds(seconds), ManagementPolicy.MANAGE);

    // When
    HttpResponse<String> response = get("/readyz");

    // Then
    assertThat(response.statusCode()).isEqualTo(status);
  }

  /** Both problems are reported at once. */
  @Test
  void namesAllMissingConditions() throws Exception {
    // Given
    readiness =
        new Readiness(false, LeaderStatus.UNDECIDED, Duration.ZERO, ManagementPolicy.MANAGE);

    // When
    HttpResponse<String> response = get("/readyz");

    // Then
    assertThat(response.body().lines()).hasSize(2);
  }

  /** Dashboards show the version, the JVM and the process. */
  @Test
  void servesMetricsOfBuildJvmAndProcess() throws Exception {
    // Given
    metrics.registry().counter("cwi.test").increment();

    // When
    HttpResponse<String> response = get("/metrics");

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains("connectwise_operator_build_info{commit=\"abc123\",version=\"1.2.3\"} 1")
        .contains("jvm_memory_used_bytes{area=\"heap\"")
        .contains("process_cpu_usage")
        .contains("process_uptime_seconds")
        .contains("cwi_test_total 1.0");
  }

  /** Only OpenMetrics has room for exemplars, and Prometheus asks for it by this header. */
  @Test
  void servesOpenMetricsWhenAccepted() throws Exception {
    // Given
    HttpRequest scrape =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
            .header(
                "accept",
                "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5")
            .build();

    // When
    HttpResponse<String> response = client.send(scrape, BodyHandlers.ofString());

    // Then
    assertThat(response.headers().firstValue("content-type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).endsWith("# EOF\n");
  }

  /** A value that is counted on demand is as of the scrape. */
  @Test
  void refreshesMetersBeforeEachScrape() throws Exception {
    // Given
    AtomicInteger scrapes = new AtomicInteger();
    metrics.registry().gauge("cwi.scrapes", scrapes);
    metrics.beforeScrape(scrapes::incrementAndGet);

    // When
    get("/metrics");
    HttpResponse<String> second = get("/metrics");

    // Then
    assertThat(second.body()).contains("cwi_scrapes 2.0");
  }

  /** State that only the running operator has is served here. */
  @Test
  void servesReportsAsJson() throws Exception {
    // When
    HttpResponse<String> response = get("/orphans");

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo("[{\"id\":7}]");
  }

  /** A person knows the name of the resource, and learns its number. */
  @Test
  void tellsTheNumberOfOneResourceInLine() throws Exception {
    // When
    HttpResponse<String> response = get(QueuePage.path(WAITING));
    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo("{\"position\":3}\n");
    assertThat(QueuePage.parse(response.body()).position()).isEqualTo(3);
  }

  /** Any pod reaches the port, and must not learn which resources other tenants have. */
  @ParameterizedTest
  @CsvSource({
    "/queue",
    "/queue?namespace=integrations",
    "/queue?name=acme",
    "/queue?namespace=integrations&name=",
    "/queue?namespace=&name=acme"
  })
  void namesNoResourceThatWaits(String path) throws Exception {
    // When
    HttpResponse<String> response = get(path);
    // Then
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "This page is about one resource: ask for /queue?namespace=NAMESPACE&name=NAME.\n");
  }

  /** A malformed query gets an answer, and no exception is logged. */
  @ParameterizedTest
  @ValueSource(strings = {"/queue?name=%", "/livez?%zz"})
  void answersAMalformedQuery(String target) throws Exception {
    // Given
    String request = "GET " + target + " HTTP/1.1\r\nhost: operator\r\nconnection: close\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(30_000);
      // When
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      // Then
      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 400 ");
    }
  }

  /** Otherwise names could be tried until one exists. */
  @Test
  void anUnknownResourceIsAnsweredLikeOneThatDoesNotWait() throws Exception {
    // When
    HttpResponse<String> response = get("/queue?namespace=integrations&name=unknown&name=acme");
    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}\n");
    assertThat(QueuePage.parse(response.body()).position()).isNull();
  }

  /** Every pod of the cluster can reach the port, so it must not show an exception's text. */
  @Test
  void aFailedReportHidesTheException() throws Exception {
    // When
    HttpResponse<String> response = get("/broken");

    // Then
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("hunter2");
  }

  /** A wrong path in a probe should be corrected by its answer. */
  @ParameterizedTest(name = "{0} is not here")
  @CsvSource({"/", "/livez/", "/healthz", "/metrics/../livez"})
  void listsItsPathsForAnUnknownPath(String path) throws Exception {
    // When
    HttpResponse<String> response = get(path);

    // Then
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("/livez", "/metrics", "/orphans", "/readyz");
  }

  /** Some probes use HEAD: same head, no body, and the connection stays usable. */
  @ParameterizedTest
  @CsvSource({"/livez, 200", "/metrics, 200", "/nowhere, 404"})
  void answersHeadWithoutABody(String path, int status) throws Exception {
    // Given
    HttpRequest head = HttpRequest.newBuilder(uri(path)).HEAD().build();

    // When
    HttpResponse<String> response = client.send(head, BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("content-length").orElseThrow()).isPositive();
    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  /** Nothing can be changed here, and a body without end would keep a connection for ever. */
  @ParameterizedTest
  @CsvSource({"POST", "PUT", "DELETE", "OPTIONS"})
  void refusesOtherMethodsAndClosesTheConnection(String method) throws Exception {
    // Given
    HttpRequest request =
        HttpRequest.newBuilder(uri("/livez")).method(method, BodyPublishers.ofString("x")).build();

    // When
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
    assertThat(response.headers().firstValue("connection")).contains("close");
  }

  /** Headers are kept in memory, so their size is limited. */
  @Test
  void refusesTooLargeHeaders() throws Exception {
    // Given
    HttpRequest request =
        HttpRequest.newBuilder(uri("/livez")).header("x-filler", "x".repeat(10_000)).build();

    // When
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(431);
  }

  /** A neighbour that keeps connections must not make the pod fail its probes and restart. */
  @Test
  void answersAProbeWithAThousandIdleConnections() throws Exception {
    // Given
    List<Socket> held = new ArrayList<>();
    for (int connection = 0; connection < 1_000; connection++) {
      held.add(ask());
    }

    // When
    Socket probe = ask();

    // Then: it is the longest idle ones that made room
    assertThat(probe.isConnected()).isTrue();
    assertThat(isClosedByTheServer(held.getFirst())).isTrue();
    assertThat(isClosedByTheServer(held.get(1_000 - 256))).isTrue();
    assertThat(isAnswering(held.getLast())).isTrue();
    for (Socket socket : held) {
      socket.close();
    }
  }

  /** Connections that send nothing at all are no reason to let a probe fail either. */
  @Test
  void closesConnectionsWithoutARequestForNewOnes() throws Exception {
    // Given
    List<Socket> held = new ArrayList<>();
    for (int connection = 0; connection < 300; connection++) {
      held.add(new Socket("127.0.0.1", server.port()));
    }

    // When
    HttpResponse<String> response = get("/readyz");

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    for (Socket socket : held) {
      socket.close();
    }
  }

  /** The connection of a client that is gone keeps a file descriptor for ten seconds at most. */
  @Test
  void closesAnIdleConnection() throws Exception {
    // Given
    Socket idle = ask();
    idle.setSoTimeout(30_000);

    // Then
    assertThat(isClosedByTheServer(idle)).isTrue();
  }

  /** The operator cannot run unseen: it says which variable to change, and its caller exits. */
  @Test
  void reportsAPortInUseWithARemedy() {
    // Given
    int taken = server.port();

    // Then
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> OpsServer.start(vertx, taken, () -> readiness, metrics, Map.of()))
        .withMessageContaining("HTTP_PORT: port " + taken + " cannot be bound")
        .withMessageContaining("set HTTP_PORT to a free port");
  }

  /** A connection that was accepted, which the answer to a request proves. */
  private Socket ask() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(REQUEST);
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  /** Reads what was answered before, and then the end. */
  private static boolean isClosedByTheServer(Socket socket) throws IOException {
    try {
      InputStream answers = socket.getInputStream();
      while (answers.read() >= 0) {}
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static boolean isAnswering(Socket socket) throws IOException {
    socket.getInputStream().skip(socket.getInputStream().available());
    socket.getOutputStream().write(REQUEST);
    return socket.getInputStream().read() == 'H';
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
