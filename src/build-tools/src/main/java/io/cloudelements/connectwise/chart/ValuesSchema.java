package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes the chart's {@code values.schema.json}, which Helm checks every installation against. */
final class ValuesSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValuesSchema() {}

  static String render(List<ChartValue> values) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "Values of the chart connectwise-operator");
    root.setAll(members(values));
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(root)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema cannot be written as JSON", e);
    }
  }

  private static ObjectNode members(List<ChartValue> values) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    values.forEach(value -> properties.set(value.name(), schemaOf(value)));
    return schema;
  }

  private static ObjectNode schemaOf(ChartValue value) {
    ObjectNode described = JSON.createObjectNode();
    if (!value.description().isEmpty()) {
      described.put("description", value.description());
    }
    return described.setAll(
        switch (value) {
          case ChartValue.Group group -> members(group.members());
          case ChartValue.Leaf leaf -> leaf.schema();
          case ChartValue.Optional optional -> optional.schema();
          case ChartValue.Hidden hidden -> hidden.schema();
        });
  }
}
