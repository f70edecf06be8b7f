package io.cloudelements.connectwise.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a manifest, in the words of the API server.
 *
 * @param message as {@code kubectl apply} shows it
 * @param blocking whether it keeps the server from evaluating CEL rules at all
 */
record SchemaViolation(String message, boolean blocking) {

  static SchemaViolation required(String path) {
    return new SchemaViolation(path + ": Required value", true);
  }

  static SchemaViolation wrongType(String path, String wanted, String found) {
    return new SchemaViolation(
        "%1$s: Invalid value: \"%3$s\": %1$s in body must be of type %2$s: \"%3$s\""
            .formatted(path, wanted, found),
        true);
  }

  /** The server's number check says it once more, of no field. */
  static SchemaViolation notWhole(String path, String format) {
    return new SchemaViolation(
        "<nil>: Invalid value: \"\": Checked value must be of type integer with format %s in %s"
            .formatted(format, path),
        false);
  }

  static SchemaViolation unsupported(String path, JsonNode value, Collection<JsonNode> supported) {
    return new SchemaViolation(
        "%s: Unsupported value: %s: supported values: %s"
            .formatted(
                path,
                value,
                supported.stream().map(JsonNode::toString).collect(Collectors.joining(", "))),
        true);
  }

  static SchemaViolation tooLong(String path, int limit) {
    return new SchemaViolation(path + ": Too long: may not be more than " + limit + " bytes", true);
  }

  static SchemaViolation tooMany(String path, int count, int limit) {
    return new SchemaViolation(
        "%s: Too many: %d: must have at most %d items".formatted(path, count, limit), true);
  }

  static SchemaViolation duplicate(String path, JsonNode value) {
    return new SchemaViolation(path + ": Duplicate value: " + value, false);
  }

  /** A value that is out of bounds; the server says so in its validator's words. */
  static SchemaViolation outOfBounds(String path, JsonNode value, String bound) {
    return invalid(path, value, path + " in body should be " + bound);
  }

  /** The value of an object or a list is left out, since it may be large. */
  static SchemaViolation invalid(String path, JsonNode value, String detail) {
    return new SchemaViolation(
        path + ": Invalid value: " + (value.isValueNode() ? value + ": " : "") + detail, false);
  }
}
