package io.cloudelements.simulator.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/** A platform with one user, and the words in which tests speak to it. */
final class PlatformFixture {
  static final ObjectMapper JSON = new ObjectMapper();

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
  final Platform platform = new Platform(clock);
  final OutsideWorld world = platform.outsideWorld();
  final User user = world.addUser("user+secret/1=", "0123456789abcdef0123456789abcdef");
  final Caller caller = Caller.of("user+secret/1=", "0123456789abcdef0123456789abcdef");

  ApiResponse call(ApiRequest request) {
    return platform.handle(request);
  }

  JsonNode json(ApiRequest request) {
    return json(call(request));
  }

  /** Creates an instance, which must succeed, and returns the answer. */
  JsonNode created(String name, String... tags) {
    return json(caller.post("/instances", helpdesk(name, "pass", tags)));
  }

  static String helpdesk(String name, String password, String... tags) {
    String list = tags.length == 0 ? "" : "\"" + String.join("\",\"", tags) + "\"";
    return """
    {"element":{"key":"connectwisehd"},"name":"%s","tags":[%s],"configuration":{
      "helpdesk.connectwise.username":"me","helpdesk.connectwise.password":"%s",
      "helpdesk.connectwise.server.url":"api.example.com",
      "helpdesk.connectwise.company":"acme"}}
    """
        .formatted(name, list, password);
  }

  static JsonNode json(ApiResponse response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + response.body(), e);
    }
  }

  /** A file of the service's documentation. */
  static String sample(String name) {
    try (InputStream in =
        PlatformFixture.class.getResourceAsStream("/cloud-elements/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
