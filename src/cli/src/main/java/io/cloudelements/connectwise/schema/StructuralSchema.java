package io.cloudelements.connectwise.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of OpenAPI that the definition uses, with the API server's messages. The status is left
 * out: the server drops it from a manifest.
 */
final class StructuralSchema {
  private static final Set<String> CHECKED =
      Set.of(
          "type",
          "properties",
          "additionalProperties",
          "items",
          "required",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "maxItems",
          "maxProperties",
          "x-kubernetes-list-type");
  private static final Set<String> CHECKED_ELSEWHERE =
      Set.of("description", "format", "x-kubernetes-validations");

  private final JsonNode root;

  /**
   * @throws IllegalStateException when the schema says something that is not checked here, since
   *     what the server refuses would then be accepted
   */
  StructuralSchema(JsonNode root) {
    this.root = root;
    requireKnown(root.at("/properties/spec"));
  }

  private static void requireKnown(JsonNode schema) {
    schema
        .fieldNames()
        .forEachRemaining(keyword -> {
          if (!CHECKED.contains(keyword) && !CHECKED_ELSEWHERE.contains(keyword)) {
            throw new IllegalStateException("the schema's keyword " + keyword + " is not checked");
          }
        });
    schema.path("properties").forEach(StructuralSchema::requireKnown);
    for (String below : List.of("items", "additionalProperties")) {
      if (schema.has(below)) {
        requireKnown(schema.get(below));
      }
    }
  }

  List<SchemaViolation> violations(JsonNode manifest) {
    List<SchemaViolation> found = new ArrayList<>();
    required(root, "", manifest, found);
    if (manifest.has("spec")) {
      check(root.at("/properties/spec"), "spec", manifest.get("spec"), found);
    }
    return found;
  }

  private static void check(
      JsonNode schema, String path, JsonNode value, List<SchemaViolation> found) {
    boolean ofType = typeOf(value).equals(schema.path("type").asText());
    if (!ofType) {
      found.add(wrongType(schema, path, value));
    }
    if (value.isNumber() && schema.path("type").asText().equals("integer")) {
      number(schema, path, value, found);
    }
    if (schema.has("enum")) {
      List<JsonNode> supported = new ArrayList<>();
      schema.get("enum").forEach(supported::add);
      if (!supported.contains(value)) {
        found.add(SchemaViolation.unsupported(path, value, supported));
      }
    }
    if (!ofType) {
      return;
    }
    switch (value.getNodeType()) {
      case STRING -> text(schema, path, value, found);
      case ARRAY -> list(schema, path, value, found);
      case OBJECT -> object(schema, path, value, found);
      case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> {}
    }
  }

  private static void text(
      JsonNode schema, String path, JsonNode value, List<SchemaViolation> found) {
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    int shortest = schema.path("minLength").asInt();
    if (length > longest) {
      found.add(SchemaViolation.tooLong(path, longest));
    }
    if (length < shortest) {
      found.add(SchemaViolation.outOfBounds(path, value, "at least " + shortest + " chars long"));
    }
  }

  /** The server checks bounds also of a number that is not whole. */
  private static void number(
      JsonNode schema, String path, JsonNode value, List<SchemaViolation> found) {
    String format = schema.path("format").asText();
    boolean fits = format.equals("int32") ? value.canConvertToInt() : value.canConvertToLong();
    if (!value.canConvertToExactIntegral() || !fits) {
      found.add(SchemaViolation.notWhole(path, format));
    }
    if (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
      found.add(
          SchemaViolation.outOfBounds(
              path, value, "less than or equal to " + schema.get("maximum").bigIntegerValue()));
    }
    if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()) {
      found.add(
          SchemaViolation.outOfBounds(
              path, value, "greater than or equal to " + schema.get("minimum").bigIntegerValue()));
    }
  }

  private static void list(
      JsonNode schema, String path, JsonNode value, List<SchemaViolation> found) {
    int limit = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (value.size() > limit) {
      found.add(SchemaViolation.tooMany(path, value.size(), limit));
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      String item = path + "[" + i + "]";
      check(schema.path("items"), item, value.get(i), found);
      if (!seen.add(value.get(i)) && schema.path("x-kubernetes-list-type").asText().equals("set")) {
        found.add(SchemaViolation.duplicate(item, value.get(i)));
      }
    }
  }

  private static void object(
      JsonNode schema, String path, JsonNode value, List<SchemaViolation> found) {
    required(schema, path, value, found);
    int limit = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
    if (value.size() > limit) {
      found.add(SchemaViolation.tooMany(path, value.size(), limit));
    }
    for (Map.Entry<String, JsonNode> field : sorted(value).entrySet()) {
      JsonNode known =
          schema.path("properties").has(field.getKey())
              ? schema.path("properties").get(field.getKey())
              : schema.path("additionalProperties");
      check(known, path + "." + field.getKey(), field.getValue(), found);
    }
  }

  private static void required(
      JsonNode schema, String path, JsonNode value, List<SchemaViolation> found) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.textValue())) {
        found.add(
            SchemaViolation.required(
                path.isEmpty() ? name.textValue() : path + "." + name.textValue()));
      }
    }
  }

  static SortedMap<String, JsonNode> sorted(JsonNode object) {
    SortedMap<String, JsonNode> fields = new TreeMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  /** The server names formats instead of types, where the schema has one and the value no text. */
  private static SchemaViolation wrongType(JsonNode schema, String path, JsonNode value) {
    if (schema.has("format") && !value.isTextual() && !value.isArray() && !value.isNull()) {
      return SchemaViolation.wrongType(
          path, schema.get("format").asText(), value.isNumber() ? "float64" : "");
    }
    return SchemaViolation.wrongType(path, schema.path("type").asText(), typeOf(value));
  }

  /** A number that is not whole, or too large for 64 bits, is no integer (format {@code int64}). */
  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER ->
          value.canConvertToExactIntegral() && value.canConvertToLong() ? "integer" : "number";
      case ARRAY -> "array";
      case OBJECT -> "object";
      case NULL, MISSING, BINARY, POJO -> "null";
    };
  }
}
