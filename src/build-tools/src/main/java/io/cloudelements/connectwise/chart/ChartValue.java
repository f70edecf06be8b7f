package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/** One value of the chart: what {@code values.yaml} and its schema say about it. */
sealed interface ChartValue {
  String name();

  /** For a reader of {@code values.yaml}, in sentences; empty for what its name says. */
  String description();

  /**
   * Values that belong together. No other member is allowed.
   *
   * @param members in the order of {@code values.yaml}
   */
  record Group(String name, String description, List<ChartValue> members) implements ChartValue {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * A value that is there, with its default.
   *
   * @param example YAML that is shown as a comment where the default is empty; else empty
   */
  record Leaf(String name, String description, JsonNode fallback, ObjectNode schema, String example)
      implements ChartValue {}

  /**
   * A value that is absent by default, so that the operator's own default counts.
   *
   * @param example YAML of the default, or of what it could be
   */
  record Optional(String name, String description, ObjectNode schema, String example)
      implements ChartValue {}

  /** Accepted for charts that depend on this one, and of no use otherwise. */
  record Hidden(String name, String description, ObjectNode schema) implements ChartValue {}

  static ChartValue group(String name, String description, ChartValue... members) {
    return new Group(name, description, List.of(members));
  }

  static ChartValue leaf(String name, String description, String fallback, ObjectNode schema) {
    return leaf(name, description, fallback, schema, "");
  }

  /**
   * @param fallback the default, in YAML
   */
  static ChartValue leaf(
      String name, String description, String fallback, ObjectNode schema, String example) {
    try {
      return new Leaf(name, description, new YAMLMapper().readTree(fallback), schema, example);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + ": " + fallback, e);
    }
  }
}
