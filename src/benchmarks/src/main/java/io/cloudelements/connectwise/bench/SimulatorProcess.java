package io.cloudelements.connectwise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.cloudelements.simulator.SimulatorMain;
import io.cloudelements.simulator.model.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The platform in a process of its own, so that its work is not counted as another process's. */
final class SimulatorProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final String ALWAYS = "{\"type\": \"Always\"}";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line of its journal, as far as it matters here. */
  record JournalLine(Instant at, String route, String user, OptionalInt status) {}

  private final GuardedProcess process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private SimulatorProcess(GuardedProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static SimulatorProcess start(Path directory) {
    int port = FreePort.find();
    GuardedProcess process =
        GuardedProcess.start(
            "simulator",
            directory.resolve("simulator.log"),
            directory,
            Map.of(),
            Jvm.command(List.of("-Xmx1g"), SimulatorMain.class, "--port", Integer.toString(port)));
    SimulatorProcess started = new SimulatorProcess(process, port);
    Limits.await("the simulator answers", START_LIMIT, started::answers);
    return started;
  }

  private boolean answers() {
    process.requireAlive();
    try {
      counts();
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  String baseUrl() {
    return "http://127.0.0.1:" + port + "/elements/api-v2";
  }

  long pid() {
    return process.pid();
  }

  /** A new account. */
  void addUser(BenchAccount account) {
    send("POST", "/users", account.secrets());
  }

  /** All of an account's creations and updates take so long from now on. */
  void latency(BenchAccount account, Duration latency) {
    fault(
        account,
        """
        {"type": "Latency", "min": "%1$s", "max": "%1$s"}\
        """
            .formatted(latency),
        ALWAYS,
        Route.POST_INSTANCES,
        Route.PUT_INSTANCE);
  }

  /** Nothing of an account is answered any more. */
  void hang(BenchAccount account) {
    fault(account, "{\"type\": \"Hang\", \"applied\": false}", ALWAYS);
  }

  /** The account's next calls are answered 429. */
  void refuse(BenchAccount account, int calls, Duration retryAfter) {
    fault(
        account,
        """
        {"type": "TooManyRequests", "retryAfter": "SECONDS", "after": "%s"}\
        """
            .formatted(retryAfter),
        "{\"type\": \"First\", \"calls\": %d}".formatted(calls));
  }

  private void fault(BenchAccount account, String fault, String when, Route... routes) {
    send(
        "POST",
        "/faults",
        """
        {"routes": %s, "userSecret": "%s", "when": %s, "fault": %s}\
        """
            .formatted(JSON.valueToTree(routes).toString(), account.userSecret(), when, fault));
  }

  /** Everything but the accounts is forgotten, faults too. */
  void reset() {
    send("POST", "/reset", "");
  }

  /** How many calls there were so far. */
  Calls counts() {
    JsonNode counts = send("GET", "/journal/counts", "");
    return new Calls(
        counts.path("total").asLong(),
        counts.path("inFlight").asLong(),
        counts.path(Route.GET_INSTANCES.name()).asLong(),
        counts.path(Route.GET_INSTANCE.name()).asLong(),
        counts.path(Route.POST_INSTANCES.name()).asLong());
  }

  /** Calls by route; searches by tag and listings are one route. */
  record Calls(long total, long inFlight, long lists, long reads, long creations) {
    Calls since(Calls before) {
      return new Calls(
          total - before.total,
          inFlight,
          lists - before.lists,
          reads - before.reads,
          creations - before.creations);
    }
  }

  /** The whole journal: expensive, so to be asked for after all measuring is done. */
  List<JournalLine> journal() {
    List<JournalLine> calls = new ArrayList<>();
    for (JsonNode call : send("GET", "/journal", "")) {
      calls.add(
          new JournalLine(
              Instant.parse(call.path("at").asText()),
              call.path("route").asText(),
              call.path("user").asText(),
              call.has("status")
                  ? OptionalInt.of(call.path("status").asInt())
                  : OptionalInt.empty()));
    }
    return calls;
  }

  private JsonNode send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/simulator" + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(method + " " + path + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.terminate();
    process.awaitEnd(Duration.ofSeconds(5));
  }
}
