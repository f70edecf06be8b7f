package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.SendWindow;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A service that echoes every secret, in every way an answer can, at the most talkative level. */
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
    AtomicReference<String> next = new AtomicReference<>("");
    Vertx vertx = Vertx.vertx();
    try (RawServer server =
            RawServer.start(
                vertx, (socket, _) -> socket.write(next.get()).onComplete(_ -> socket.close()));
        HttpInstancesApi api = HttpTestClient.api(vertx, server.url())) {
      // When
      for (String bytes : echoes()) {
        next.set(bytes);
        shown.addAll(outcomes(api, server.url()));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
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
      StringBuilder text = new StringBuilder(e.failure().toString());
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        text.append('\n').append(cause);
      }
      return text.toString();
    }
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
