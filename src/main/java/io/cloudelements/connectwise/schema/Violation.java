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
record Violation(String message, boolean blocking) {

  static Violation required(String path) {
    return new Violation(path + ": Required value", true);
  }

  static Violation wrongType(String path, String wanted, String found) {
    return new Violation(
        "%1$s: Invalid value: \"%3$s\": %1$s in body must be of type %2$s: \"%3$s\""
            .formatted(path, wanted, found),
        true);
  }

  /** The server's number check says it once more, of no field. */
  static Violation notWhole(String path) {
    return new Violation(
        "<nil>: Invalid value: \"\": Checked value must be of type integer with format int64 in "
            + path,
        false);
  }

  static Violation unsupported(String path, JsonNode value, Collection<JsonNode> supported) {
    return new Violation(
        "%s: Unsupported value: %s: supported values: %s"
            .formatted(
                path,
                value,
                supported.stream().map(JsonNode::toString).collect(Collectors.joining(", "))),
        true);
  }

  static Violation tooLong(String path, int limit) {
    return new Violation(path + ": Too long: may not be more than " + limit + " bytes", true);
  }

  static Violation tooMany(String path, int count, int limit) {
    return new Violation(
        "%s: Too many: %d: must have at most %d items".formatted(path, count, limit), true);
  }

  static Violation duplicate(String path, JsonNode value) {
    return new Violation(path + ": Duplicate value: " + value, false);
  }

  /** A value that is out of bounds; the server says so in its validator's words. */
  static Violation outOfBounds(String path, JsonNode value, String bound) {
    return invalid(path, value, path + " in body should be " + bound);
  }

  /** The value of an object or a list is left out, since it may be large. */
  static Violation invalid(String path, JsonNode value, String detail) {
    return new Violation(
        path + ": Invalid value: " + (value.isValueNode() ? value + ": " : "") + detail, false);
  }
}
