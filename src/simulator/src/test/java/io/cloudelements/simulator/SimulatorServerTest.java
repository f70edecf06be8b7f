package io.cloudelements.simulator;

import static io.cloudelements.simulator.model.Route.GET_INSTANCES;
import static io.cloudelements.simulator.model.Route.POST_INSTANCES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.simulator.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator over real sockets: deliveries as a client of HTTP sees them, and the admin API. */
class SimulatorServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulator simulator = new Simulator(Clock.systemUTC());
  private final SimulatorServer server = SimulatorServer.start(simulator);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void aUser() {
    simulator.platform().outsideWorld().addUser("user", "organization");
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void servesTheDocumentedRequests() throws Exception {
    // Given
    String helpdesk = sample("seed-post-instances-connectwisehd.request");
    String crm = sample("seed-post-instances-connectwisecrm.request");

    // When
    HttpResponse<String> first = send(platform("POST", "/instances", helpdesk));
    HttpResponse<String> second = send(platform("POST", "/instances", crm));

    // Then
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    HttpResponse<String> list = send(platform("GET", "/instances/?tags%5B%5D=none", ""));
    assertThat(list.statusCode()).isEqualTo(404);
    assertThat(simulator.platform().live()).hasSize(2);
  }

  @Test
  void closesTheConnectionWhenItIsLost() throws Exception {
    // Given
    simulator.faults().on(POST_INSTANCES).nth(1).inject(new Fault.AppliedResponseLost());

    // When
    Throwable failure = catchThrowable(() -> send(creation()));

    // Then the effect is there, and the server goes on
    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(simulator.platform().live()).hasSize(1);
    assertThat(send(creation()).statusCode()).isEqualTo(200);
  }

  @Test
  void closesTheConnectionInTheMiddleOfTheAnswer() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(new Fault.BodyBreaksOff(30));

    // When
    Throwable failure = catchThrowable(() -> send(creation()));

    // Then
    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(simulator.platform().live()).hasSize(1);
  }

  @Test
  void neverAnswersWhenItHangs() {
    // Given
    simulator.faults().on(GET_INSTANCES).inject(new Fault.Hang(false));
    HttpRequest impatient =
        HttpRequest.newBuilder(platform("GET", "/instances", ""), (name, value) -> true)
            .timeout(Duration.ofMillis(200))
            .build();

    // When
    Throwable failure = catchThrowable(() -> send(impatient));

    // Then
    assertThat(failure).isInstanceOf(HttpTimeoutException.class);
    assertThat(simulator.journal().call(1).outcome())
        .isEqualTo(Call.DeliveryOutcome.NEVER_ANSWERED);
  }

  @Test
  void appliesTheCallOfADisconnectedCaller() {
    // Given a slow creation whose caller hangs up while it is worked on
    Duration latency = Duration.ofMillis(300);
    simulator.faults().on(POST_INSTANCES).inject(new Fault.Latency(latency, latency));
    CompletableFuture<Call> arrival = new CompletableFuture<>();
    simulator.listen(
        new CallListener() {
          @Override
          public void arrived(Call call) {
            arrival.complete(call);
          }
        });
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(creation(), BodyHandlers.ofString());
    arrival.join();

    // When
    answer.cancel(true);

    // Then it takes effect all the same
    assertThat(simulator.platform().live()).isEmpty();
    await().until(() -> simulator.platform().live().size() == 1);
  }

  @Test
  void appliesLateEffectsWithoutAnotherCall() {
    // Given
    simulator.faults().on(POST_INSTANCES).inject(Fault.AppliedLate.by(Duration.ofMillis(200)));

    // When
    Throwable failure = catchThrowable(() -> send(creation()));

    // Then
    assertThat(failure).isInstanceOf(IOException.class);
    await().until(() -> simulator.platform().live().size() == 1);
  }

  @Test
  void servesOtherCallsDuringASlowOne() throws Exception {
    // Given a creation that takes longer than this test may
    Duration latency = Duration.ofHours(1);
    simulator.faults().on(POST_INSTANCES).inject(new Fault.Latency(latency, latency));
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(creation(), BodyHandlers.ofString());

    // When
    HttpResponse<String> other = send(platform("GET", "/instances", ""));

    // Then
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(slow).isNotDone();
    slow.cancel(true);
  }

  @Test
  void servesTlsWithASelfSignedCertificate() throws Exception {
    // Given
    ServerCertificate certificate = ServerCertificate.selfSigned();
    Simulator secured = new Simulator(Clock.systemUTC());

    // When
    try (SimulatorServer tls = SimulatorServer.start(secured, 0, Optional.of(certificate));
        HttpClient trusting = HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
      HttpResponse<String> response =
          trusting.send(
              HttpRequest.newBuilder(URI.create(tls.baseUrl() + "/instances")).build(),
              BodyHandlers.ofString());

      // Then a client that trusts it gets through, and one that does not does not
      assertThat(response.statusCode()).isEqualTo(401);
      assertThatThrownBy(() -> send(HttpRequest.newBuilder(tls.baseUrl()).build()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void adminApiControlsTheSimulator() throws Exception {
    // Given
    admin("POST", "/users", "{\"userSecret\":\"other\",\"organizationSecret\":\"organization\"}");
    admin("PATCH", "/behaviour", "{\"tagsInCreationAnswer\":\"STRINGS\",\"window\":\"30s\"}");
    admin(
        "POST",
        "/faults",
        """
        {"routes":["POST_INSTANCES"],"when":{"type":"Nth","call":2},
         "fault":{"type":"Latency","min":"PT0S","max":"1ms"}}
        """);
    JsonNode created = JSON.readTree(send(creation()).body());
    send(creation());

    // When
    JsonNode faults = admin("GET", "/faults", "");
    JsonNode journal = admin("GET", "/journal?route=POST_INSTANCES", "");
    admin("PATCH", "/instances/1234", "{\"name\":\"Umbrella\",\"disabled\":true}");
    JsonNode deleted = admin("DELETE", "/instances/1235", "");

    // Then
    assertThat(created.path("tags").path(0).asText()).isEqualTo("acme");
    assertThat(faults.path(0).path("fired").asInt()).isEqualTo(1);
    assertThat(faults.path(0).path("fault").path("type").asText()).isEqualTo("Latency");
    assertThat(journal).hasSize(2);
    assertThat(journal.toString()).doesNotContain("canary");
    assertThat(deleted.path("deleted").asBoolean()).isTrue();
    JsonNode truth = admin("GET", "/instances", "").path(0);
    assertThat(truth.path("name").asText()).isEqualTo("Umbrella");
    assertThat(truth.path("disabled").asBoolean()).isTrue();
    assertThat(truth.path("token")).isEqualTo(created.path("token"));
    assertThat(truth.toString()).doesNotContain("canary");
    admin("POST", "/reset", "");
    assertThat(admin("GET", "/journal", "")).isEmpty();
    assertThat(admin("GET", "/behaviour", "").path("window").asText()).isEqualTo("PT1M");
  }

  @Test
  void setsWhatAnElementCallNeedsOverHttp() throws Exception {
    // Given a user who may only use instances, on a platform that asks for no organization
    String token = JSON.readTree(send(creation()).body()).path("token").asText();
    admin(
        "POST",
        "/users",
        """
        {"userSecret":"application","organizationSecret":"organization","accountWide":true,
         "privileges":["USE_INSTANCES"]}
        """);
    admin("PATCH", "/behaviour", "{\"organizationRequiredInElementCalls\":false}");
    HttpRequest call =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/hubs/helpdesk/incidents"))
            .header("Authorization", "User application, Element " + token)
            .build();

    // When
    HttpResponse<String> response = send(call);

    // Then
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    admin("PATCH", "/behaviour", "{\"organizationRequiredInElementCalls\":true}");
    assertThat(send(call).statusCode()).isEqualTo(401);
  }

  @Test
  void resetsAUserSecretAndHidesTheOrganizationOverHttp() throws Exception {
    // Given
    admin("PATCH", "/behaviour", "{\"organizationReply\":\"FORBIDDEN\"}");
    HttpRequest before = platform("GET", "/organizations/me", "");
    int hidden = send(before).statusCode();

    // When
    admin("POST", "/users/reset", "{\"userSecret\":\"user\",\"newUserSecret\":\"fresh\"}");

    // Then
    assertThat(hidden).isEqualTo(403);
    admin("PATCH", "/behaviour", "{\"organizationReply\":\"TOLD\"}");
    assertThat(send(before).statusCode()).isEqualTo(401);
    HttpRequest after =
        HttpRequest.newBuilder(before, (_, _) -> true)
            .setHeader("Authorization", "User fresh, Organization organization")
            .build();
    assertThat(JSON.readTree(send(after).body()).path("id").isNumber()).isTrue();
  }

  @Test
  void reportsAnUnknownFaultType() throws Exception {
    // Given
    HttpRequest nonsense =
        request(URI.create(server.adminUrl() + "/faults"), "POST", "{\"fault\":{\"type\":\"X\"}}");

    // When
    HttpResponse<String> response = send(nonsense);

    // Then
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("'X'").contains("AppliedResponseLost");
  }

  private HttpRequest creation() {
    return platform(
        "POST",
        "/instances",
        """
        {"element":{"key":"connectwisehd"},"name":"Acme","tags":["acme"],"configuration":{
          "helpdesk.connectwise.username":"me","helpdesk.connectwise.password":"canary",
          "helpdesk.connectwise.server.url":"x","helpdesk.connectwise.company":"acme"}}
        """);
  }

  private HttpRequest platform(String method, String uri, String body) {
    return HttpRequest.newBuilder(
            request(URI.create(server.baseUrl() + uri), method, body), (name, value) -> true)
        .header("Authorization", "User user, Organization organization")
        .build();
  }

  private JsonNode admin(String method, String uri, String body) throws Exception {
    HttpResponse<String> response =
        send(request(URI.create(server.adminUrl() + uri), method, body));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static HttpRequest request(URI uri, String method, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private static String sample(String name) throws IOException {
    try (InputStream in =
        SimulatorServerTest.class.getResourceAsStream("/cloud-elements/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
