package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cloudelements.connectwise.instance.BaseUrlReader;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.QueuePage;
import io.cloudelements.connectwise.why.AdmissionView;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The operator's port for probes, metrics and reports, where it can be reached.
 *
 * @param url such as {@code http://localhost:8080}
 * @param option of the command line that named it
 */
record OperatorPort(URI url, String option) implements AdmissionSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String METRICS = "/metrics";

  /** Where a page is. */
  String address(String path) {
    return BaseUrlReader.withoutTrailingSlash(url.toString()) + path;
  }

  /** The operator's metrics in Prometheus' text format. */
  String metrics() {
    return page(METRICS);
  }

  /** What the operator says of an account; that it cannot be asked is an answer too. */
  @Override
  public AdmissionView admission(ResourceId resource, Optional<String> account) {
    try {
      return AdmissionView.of(metrics(), account, position(resource));
    } catch (CommandFailure e) {
      return new AdmissionView.Unreachable(String.join(" ", e.lines()));
    }
  }

  /** Empty also where another version of the operator does not tell it. */
  private Optional<Integer> position(ResourceId resource) {
    try {
      return Optional.ofNullable(QueuePage.parse(page(QueuePage.path(resource))).position());
    } catch (JsonProcessingException | CommandFailure e) {
      return Optional.empty();
    }
  }

  /**
   * What a page has.
   *
   * @throws CommandFailure the port cannot be reached, or is another program's
   */
  String page(String path) {
    String address = address(path);
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw CommandFailure.failed(
            "%s answers %d: is this the operator's port?"
                .formatted(address, connection.getResponseCode()));
      }
      try (InputStream body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw CommandFailure.failed(
          "%s cannot be reached. Forward the operator's port, or set %s."
              .formatted(address, option));
    }
  }
}
