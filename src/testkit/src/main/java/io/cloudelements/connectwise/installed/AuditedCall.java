package io.cloudelements.connectwise.installed;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.operator.AuditLog;
import java.util.List;

/**
 * A call to the API server, as its authorizer sees one.
 *
 * @param group of the API; empty for the core and for what is no resource
 * @param resource with its subresource after a slash, or a path that is no resource
 * @param namespace empty when the call is about all of them, or about none
 * @param name empty when the call names no object
 * @param code the HTTP status of the answer
 */
record AuditedCall(
    String verb, String group, String resource, String namespace, String name, int code) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** The calls of a user, once each. */
  static List<AuditedCall> of(AuditLog log, String user) {
    return log.entries().stream()
        .filter(entry -> entry.at("/user/username").asText().equals(user))
        .map(AuditedCall::of)
        .distinct()
        .toList();
  }

  private static AuditedCall of(JsonNode entry) {
    JsonNode object = entry.path("objectRef");
    String part = object.path("subresource").asText();
    return new AuditedCall(
        entry.path("verb").asText(),
        object.path("apiGroup").asText(),
        object.isMissingNode()
            ? entry.path("requestURI").asText()
            : object.path("resource").asText() + (part.isEmpty() ? "" : "/" + part),
        object.path("namespace").asText(),
        object.path("name").asText(),
        entry.at("/responseStatus/code").asInt());
  }

  boolean isRefused() {
    return code == FORBIDDEN || code == UNAUTHORIZED;
  }
}
