package io.cloudelements.connectwise.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** A simple client of the platform's API: blocking, without handling of failures. */
final class ContenderService {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  /** What was created or found. */
  record ServedInstance(long id, String token) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final String instances = System.getenv("CLOUD_ELEMENTS_BASE_URL") + "/instances";

  ServedInstance create(Secret credentials, String name, String tag) {
    try {
      String body = JSON.writeValueAsString(Wanted.definition(name, tag));
      JsonNode created =
          JSON.readTree(
              send(credentials, "POST", "", HttpRequest.BodyPublishers.ofString(body)).body());
      return new ServedInstance(created.path("id").asLong(), created.path("token").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for instances with that tag, of which there are none. */
  void find(Secret credentials, String tag) {
    send(
        credentials,
        "GET",
        "?hydrate=false&tags%5B%5D=" + tag,
        HttpRequest.BodyPublishers.noBody());
  }

  /** Empty when there is none. */
  Optional<ServedInstance> read(Secret credentials, long id) {
    HttpResponse<String> answer =
        send(credentials, "GET", "/" + id, HttpRequest.BodyPublishers.noBody());
    try {
      JsonNode found = JSON.readTree(answer.body());
      return answer.statusCode() == 200
          ? Optional.of(new ServedInstance(found.path("id").asLong(), found.path("token").asText()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(Secret credentials, long id) {
    send(credentials, "DELETE", "/" + id, HttpRequest.BodyPublishers.noBody());
  }

  private HttpResponse<String> send(
      Secret credentials, String method, String path, HttpRequest.BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(instances + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "User %s, Organization %s"
                    .formatted(
                        value(credentials, "userSecret"), value(credentials, "organizationSecret")))
            .method(method, body)
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400 && answer.statusCode() != 404) {
        throw new IllegalStateException(method + " was answered " + answer.statusCode());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String value(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }
}
