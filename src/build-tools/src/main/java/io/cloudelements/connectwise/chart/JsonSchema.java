package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** The pieces of which the schemas of the chart's values are made. */
final class JsonSchema {
  private static final String DNS_NAME =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  private JsonSchema() {}

  static ObjectNode ofType(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  static ObjectNode text() {
    return ofType("string");
  }

  static ObjectNode text(String pattern) {
    return text().put("pattern", "^%s$".formatted(pattern));
  }

  /** The name of an object of Kubernetes. */
  static ObjectNode name() {
    return text(DNS_NAME).put("maxLength", 253);
  }

  /** The name of an object of Kubernetes, or empty for none. */
  static ObjectNode nameOrEmpty() {
    return text("(%s)?".formatted(DNS_NAME)).put("maxLength", 253);
  }

  static ObjectNode flag() {
    return ofType("boolean");
  }

  /** A flag that only confirms what is so anyway. */
  static ObjectNode always(boolean value) {
    return flag().put("const", value);
  }

  static ObjectNode whole(int least, int most) {
    return ofType("integer").put("minimum", least).put("maximum", most);
  }

  static ObjectNode choice(String... words) {
    ObjectNode schema = text();
    for (String word : words) {
      schema.withArray("enum").add(word);
    }
    return schema;
  }

  static ObjectNode list(ObjectNode items) {
    ObjectNode schema = ofType("array");
    schema.set("items", items);
    return schema;
  }

  static ObjectNode set(ObjectNode items) {
    return list(items).put("uniqueItems", true);
  }

  static ObjectNode map(ObjectNode values) {
    ObjectNode schema = ofType("object");
    schema.set("additionalProperties", values);
    return schema;
  }

  static ObjectNode texts() {
    return map(text());
  }

  /** What Kubernetes defines and its API server checks. */
  static ObjectNode open() {
    return ofType("object");
  }

  /** An object of these members alone, in alphabetical order. */
  static ObjectNode object(Map<String, ObjectNode> members, String... required) {
    ObjectNode schema = ofType("object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    new TreeMap<>(members).forEach(properties::set);
    for (String name : required) {
      schema.withArray("required").add(name);
    }
    return schema;
  }
}
