package io.cloudelements.connectwise.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the operator wrote to the cluster, as the API server's audit log has it. */
public final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private final ControlPlane controlPlane;

  /**
   * A write, or the attempt.
   *
   * @param what {@code create secrets/acme-token}
   * @param status of the answer
   */
  public record AuditedWrite(String what, int status) {
    public boolean isDone() {
      return status < 300;
    }

    @Override
    public String toString() {
      return what + " " + status;
    }
  }

  public AuditLog(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /**
   * The operator's writes in a namespace, in order: {@code patch connectwiseinstances/acme/status
   * 200}.
   */
  public List<String> writesIn(String namespace) {
    return writesOfOperatorIn(namespace).stream().map(AuditedWrite::toString).toList();
  }

  /** The same with what was refused to be told apart. */
  public List<AuditedWrite> writesOfOperatorIn(String namespace) {
    return writes(
        namespace, entry -> entry.path("userAgent").asText().startsWith("connectwise-operator/"));
  }

  /** What a service account of the namespace wrote there, in order. */
  public List<AuditedWrite> writesBy(String serviceAccount, String namespace) {
    String user = "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount);
    return writes(namespace, entry -> entry.at("/user/username").asText().equals(user));
  }

  private List<AuditedWrite> writes(String namespace, Predicate<JsonNode> which) {
    return entries().stream()
        .filter(entry -> WRITES.contains(entry.path("verb").asText()))
        .filter(entry -> entry.at("/objectRef/namespace").asText().equals(namespace))
        .filter(which)
        .map(AuditLog::write)
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

  private static AuditedWrite write(JsonNode entry) {
    JsonNode object = entry.path("objectRef");
    String part = object.path("subresource").asText();
    return new AuditedWrite(
        "%s %s/%s%s"
            .formatted(
                entry.path("verb").asText(),
                object.path("resource").asText(),
                object.path("name").asText(),
                part.isEmpty() ? "" : "/" + part),
        entry.at("/responseStatus/code").asInt());
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
