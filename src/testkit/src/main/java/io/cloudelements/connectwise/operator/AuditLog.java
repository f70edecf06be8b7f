package io.cloudelements.connectwise.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** What the operator wrote to the cluster, as the API server's audit log has it. */
public final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private final ControlPlane controlPlane;

  public AuditLog(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /**
   * The operator's writes in a namespace, in order: {@code patch connectwiseinstances/acme/status
   * 200}.
   */
  public List<String> writesIn(String namespace) {
    return entries().stream()
        .filter(entry -> WRITES.contains(entry.path("verb").asText()))
        .filter(entry -> entry.path("userAgent").asText().startsWith("connectwise-operator/"))
        .filter(entry -> entry.path("objectRef").path("namespace").asText().equals(namespace))
        .map(AuditLog::line)
        .toList();
  }

  /** Everything that the policy of this control plane lets it keep: {@code audit.k8s.io/v1}. */
  public List<JsonNode> entries() {
    try {
      return Files.readAllLines(controlPlane.auditLog().orElseThrow()).stream()
          .map(AuditLog::parsed)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(JsonNode entry) {
    JsonNode object = entry.path("objectRef");
    String part = object.path("subresource").asText();
    return "%s %s/%s%s %d"
        .formatted(
            entry.path("verb").asText(),
            object.path("resource").asText(),
            object.path("name").asText(),
            part.isEmpty() ? "" : "/" + part,
            entry.path("responseStatus").path("code").asInt());
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
