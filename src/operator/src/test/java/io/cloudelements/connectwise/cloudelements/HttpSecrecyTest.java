package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Behaviour.OrganizationReply;
import io.cloudelements.simulator.model.Route;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A service that echoes every secret in every part of an answer, at the lowest log level. */
class HttpSecrecyTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private Level before;

  @BeforeEach
  void listen() {
    before = root.getLevel();
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    root.setLevel(before);
    root.detachAppender(log);
    others.forEach(root::addAppender);
  }

  @Test
  void noSecretReachesALogOrAFailure() {
    // Given
    List<String> shown = new ArrayList<>();
    // When
    answering(echoes(), _ -> {}, (api, url) -> shown.addAll(outcomes(api, url)));
    // Then: and the test did see what is logged
    List<String> lines = log.list.stream().map(HttpSecrecyTest::text).toList();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("POST /instances: provider_rejected, status 400"))
        .anyMatch(line -> line.contains("request id abc-1"));
    for (String secret : spellings()) {
      assertThat(lines).noneMatch(line -> line.contains(secret));
      assertThat(shown).noneMatch(text -> text.contains(secret));
    }
  }

  /** Contract §11: the service tells the organization's secret unasked, in several shapes. */
  @Test
  void theSecretOfTheOrganizationReachesNothing() {
    // Given
    List<String> shown = new ArrayList<>();
    Simulator simulator = new Simulator(InstantSource.system());
    ApiSamples.addUser(simulator);
    Vertx vertx = Vertx.vertx();
    try (SimulatorServer server = SimulatorServer.start(simulator);
        HttpInstancesApi api =
            HttpTestClient.api(
                vertx, server.baseUrl().toString(), c -> c.observer = recording(shown))) {
      AccountAccess account = ApiSamples.account(server.baseUrl().toString());
      // When
      for (OrganizationReply reply : OrganizationReply.values()) {
        simulator.platform().behave(b -> b.with(s -> s.organizationReply = reply));
        shown.add(organization(api, account));
      }
      simulator.faults().on(Route.GET_ORGANIZATION).nth(1).inject(new Fault.TruncatedBody(60));
      shown.add(organization(api, account));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    // Then: and the test did see what is told, logged and traced
    List<String> lines = log.list.stream().map(HttpSecrecyTest::text).toList();
    assertThat(shown).anyMatch(text -> text.startsWith("Told[")).contains("/organizations/me");
    assertThat(lines).anyMatch(line -> line.startsWith("GET /organizations/me: success"));
    for (String secret : spellings()) {
      assertThat(lines).noneMatch(line -> line.contains(secret));
      assertThat(shown).noneMatch(text -> text.contains(secret));
    }
  }

  /** A secret that the operator has not seen before, and so cannot recognise. */
  @Test
  void anUnknownSecretBesideTheOrganizationReachesNothing() {
    // Given
    String unknown = "canaryOfTheOrganization0123456789";
    String body =
        "{\"id\": 17, \"name\": \"Acme\", \"secret\": \"" + unknown + "\", \"message\": \"m\"}";
    List<String> shown = new ArrayList<>();
    List<String> answers =
        List.of(
            response(200, body),
            response(200, "[" + body + "]"),
            response(200, body.replace("}", "")),
            response(200, body.replace("17", "\"\"")),
            response(401, body),
            response(404, body),
            response(429, body),
            response(503, body),
            "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + body);
    // When
    answering(
        answers,
        client -> client.observer = recording(shown),
        (api, url) -> shown.add(organization(api, ApiSamples.account(url))));
    // Then
    List<String> lines = log.list.stream().map(HttpSecrecyTest::text).toList();
    assertThat(shown).contains("Told[organization=Organization[id=17, name=Optional[Acme]]]");
    assertThat(lines).anyMatch(line -> line.contains("service_failed, status 503"));
    assertThat(lines).noneMatch(line -> line.contains(unknown));
    assertThat(shown).noneMatch(text -> text.contains(unknown));
  }

  /** Asks once for each answer of a server, and ends both before the log is read. */
  private static void answering(
      List<String> answers,
      Consumer<HttpTestClient> change,
      BiConsumer<HttpInstancesApi, String> asking) {
    AtomicReference<String> next = new AtomicReference<>("");
    Vertx vertx = Vertx.vertx();
    try (RawServer server =
            RawServer.start(
                vertx, (socket, _) -> socket.write(next.get()).onComplete(_ -> socket.close()));
        HttpInstancesApi api = HttpTestClient.api(vertx, server.url(), change)) {
      for (String answer : answers) {
        next.set(answer);
        asking.accept(api, server.url());
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static String organization(HttpInstancesApi api, AccountAccess account) {
    try {
      return api.readOrganization(account).toString();
    } catch (InstancesApiException e) {
      return text(e);
    }
  }

  /** Everything that metrics and traces can see of a call. */
  private static CallObserver recording(List<String> seen) {
    return new CallObserver() {
      @Override
      public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
        E end = call.apply(Map.of());
        seen.addAll(List.of(begin.method(), begin.route(), begin.host(), begin.account()));
        seen.add(end.outcome().label() + " " + end.status() + " " + end.requestId());
        return end;
      }
    };
  }

  private static List<String> echoes() {
    String all = String.join(" ", spellings()).replace("\"", "\\\"");
    String error = "{\"message\": \"" + all + "\", \"providerMessage\": \"<i>" + all + "</i>\"}";
    return List.of(
        response(400, error, "Elements-Request-Id: abc-1"),
        response(401, error, "Elements-Request-Id: " + ApiSamples.ORGANIZATION_SECRET),
        response(404, error),
        response(429, error, "Retry-After: " + ApiSamples.USER_SECRET),
        response(500, error),
        response(200, error),
        response(200, "<html>" + all + "</html>"),
        response(302, "", "Location: http://127.0.0.1:1/" + ApiSamples.ORGANIZATION_SECRET),
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + all,
        "HTTP/1.1 200 OK\r\nContent-Length: " + ApiSamples.USER_SECRET + "\r\n\r\n",
        ApiSamples.USER_SECRET + " is no HTTP\r\n\r\n",
        "");
  }

  private static List<String> spellings() {
    return Stream.of(ApiSamples.USER_SECRET, ApiSamples.ORGANIZATION_SECRET, ApiSamples.PASSWORD)
        .flatMap(secret ->
            Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(secret.getBytes(StandardCharsets.UTF_8))))
        .toList();
  }

  private static List<String> outcomes(HttpInstancesApi api, String url) {
    return Stream.<Runnable>of(
            () -> api.create(ApiSamples.account(url), ApiSamples.definition(), SendWindow.ALWAYS),
            () -> api.replace(ApiSamples.account(url), 7, ApiSamples.definition()))
        .map(HttpSecrecyTest::outcome)
        .toList();
  }

  private static String outcome(Runnable call) {
    try {
      call.run();
      throw new AssertionError("an echo is no answer");
    } catch (InstancesApiException e) {
      return text(e);
    }
  }

  private static String text(InstancesApiException exception) {
    StringBuilder text = new StringBuilder(exception.failure().toString());
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      text.append('\n').append(cause);
    }
    return text.toString();
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
