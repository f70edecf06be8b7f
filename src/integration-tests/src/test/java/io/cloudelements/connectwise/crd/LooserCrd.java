package io.cloudelements.connectwise.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.CrdFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The CRD without one of its constraints, as an earlier version may have been. */
final class LooserCrd {
  private static final String SCHEMA = "/spec/versions/0/schema/openAPIV3Schema";
  private static final String RULES = "x-kubernetes-validations";
  private static final YAMLMapper YAML = new YAMLMapper();

  private LooserCrd() {}

  /**
   * Writes it to that file.
   *
   * @param node of the schema, as a JSON pointer; empty for the root
   * @param constraint a keyword, or how the message of a CEL rule begins
   * @throws IllegalArgumentException the CRD has no such constraint
   */
  static Path without(String node, String constraint, Path file) {
    try {
      JsonNode crd = YAML.readTree(CrdFile.INSTANCES.path().toFile());
      if (!(crd.at(SCHEMA + node) instanceof ObjectNode schema) || !remove(constraint, schema)) {
        throw new IllegalArgumentException("no " + constraint + " at " + node);
      }
      YAML.writeValue(file.toFile(), crd);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean remove(String constraint, ObjectNode schema) {
    if (schema.remove(constraint) != null) {
      return true;
    }
    return schema.path(RULES) instanceof ArrayNode rules && removeRule(constraint, rules);
  }

  private static boolean removeRule(String message, ArrayNode rules) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).path("message").asText().startsWith(message)) {
        rules.remove(i);
        return true;
      }
    }
    return false;
  }
}
