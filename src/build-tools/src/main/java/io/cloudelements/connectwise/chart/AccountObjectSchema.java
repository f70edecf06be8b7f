package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.JsonSchema.name;
import static io.cloudelements.connectwise.chart.JsonSchema.object;
import static io.cloudelements.connectwise.chart.JsonSchema.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cluster.CrdFile;
import java.util.List;
import java.util.Map;

/**
 * What Helm checks of an account object in the chart's values: the schema of the CRD, in which
 * fields that it does not know are mistakes. The API server has the last word.
 */
final class AccountObjectSchema {
  /** Of structural schemas only; rules in CEL among them. */
  private static final String EXTENSION = "x-kubernetes-";

  private AccountObjectSchema() {}

  static ObjectNode render() {
    JsonNode spec =
        Chart.parse(ChartGenerator.read(CrdFile.ACCOUNTS.path()))
            .getFirst()
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    return object(
        Map.of(
            "name", name(),
            "namespace", name(),
            "labels", texts(),
            "annotations", texts(),
            "spec", closed((ObjectNode) spec.deepCopy())),
        "name",
        "spec");
  }

  private static ObjectNode closed(ObjectNode schema) {
    List.copyOf(schema.propertyStream().map(Map.Entry::getKey).toList()).stream()
        .filter(key -> key.startsWith(EXTENSION) || key.equals("description"))
        .forEach(schema::remove);
    if (schema.get("properties") instanceof ObjectNode members) {
      schema.put("additionalProperties", false);
      members.forEach(member -> closed((ObjectNode) member));
    }
    if (schema.get("items") instanceof ObjectNode items) {
      closed(items);
    }
    return schema;
  }
}
