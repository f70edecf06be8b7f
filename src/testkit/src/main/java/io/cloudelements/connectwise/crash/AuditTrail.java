package io.cloudelements.connectwise.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Who wrote what in one namespace, as the API server's audit log has it; refused writes too. */
final class AuditTrail {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A write, or the attempt.
   *
   * @param what {@code create secrets/acme-token}
   * @param status of the answer
   */
  record Entry(String what, int status) {
    boolean isDone() {
      return status < 300;
    }
  }

  private final Path file;
  private final String namespace;

  AuditTrail(ControlPlane controlPlane, String namespace) {
    this.file = controlPlane.auditLog().orElseThrow();
    this.namespace = namespace;
  }

  /** What a service account of the namespace wrote, in order. */
  List<Entry> writesBy(String serviceAccount) {
    String user = "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount);
    return entries(event -> event.path("user").path("username").asText().equals(user));
  }

  /** What the operator wrote, whoever it was, in order. */
  List<Entry> writesByOperator() {
    return entries(event -> event.path("userAgent").asText().startsWith("connectwise-operator/"));
  }

  private List<Entry> entries(Predicate<JsonNode> which) {
    try {
      return Files.readAllLines(file).stream()
          .map(AuditTrail::parsed)
          .filter(event -> event.path("objectRef").path("namespace").asText().equals(namespace))
          .filter(which)
          .map(AuditTrail::entry)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String part = object.path("subresource").asText();
    return new Entry(
        "%s %s/%s%s"
            .formatted(
                event.path("verb").asText(),
                object.path("resource").asText(),
                object.path("name").asText(),
                part.isEmpty() ? "" : "/" + part),
        event.path("responseStatus").path("code").asInt());
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
