package io.cloudelements.connectwise.crd;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One node of the generated schema, and the constraints that can be put on it. */
record Schema(JSONSchemaProps node) {

  /** The field of that name; a name that the records do not have is an error. */
  Schema field(String name) {
    return new Schema(
        Optional.ofNullable(node.getProperties().get(name))
            .orElseThrow(() -> new IllegalArgumentException("no field " + name)));
  }

  /** What the elements of this list look like. */
  Schema items() {
    return new Schema(node.getItems().getSchema());
  }

  /** What the values of this map look like. */
  Schema values() {
    return new Schema(node.getAdditionalProperties().getSchema());
  }

  Schema description(String text) {
    node.setDescription(text);
    return this;
  }

  Schema length(long least, long most) {
    node.setMinLength(least);
    node.setMaxLength(most);
    return this;
  }

  /** For text whose rule speaks about too short ones too, so that a mistake has one message. */
  Schema atMost(long most) {
    node.setMaxLength(most);
    return this;
  }

  Schema atLeast(long value) {
    node.setMinimum((double) value);
    return this;
  }

  Schema between(long least, long most) {
    node.setMaximum((double) most);
    return atLeast(least);
  }

  Schema int64() {
    node.setFormat("int64");
    return this;
  }

  Schema int32() {
    node.setFormat("int32");
    return this;
  }

  Schema dateTime() {
    node.setFormat("date-time");
    return this;
  }

  Schema pattern(String regex) {
    node.setPattern(regex);
    return this;
  }

  Schema oneOf(Stream<String> values) {
    node.setEnum(List.copyOf(values.map(TextNode::valueOf).toList()));
    return this;
  }

  Schema required(String... names) {
    node.setRequired(List.of(names));
    return this;
  }

  Schema maxEntries(long most) {
    node.setMaxProperties(most);
    return this;
  }

  Schema listAsSet() {
    node.setXKubernetesListType("set");
    return this;
  }

  Schema listAsMapOf(String key) {
    node.setXKubernetesListType("map");
    node.setXKubernetesListMapKeys(List.of(key));
    return this;
  }

  Schema maxItems(long most) {
    node.setMaxItems(most);
    return this;
  }

  /** A CEL rule, and what to do when it does not hold. */
  Schema rule(String cel, String message) {
    return add(cel, message, new ValidationRule());
  }

  /** A CEL rule over several fields whose violation is shown at one of them. */
  Schema ruleAt(String fieldPath, String cel, String message) {
    ValidationRule rule = new ValidationRule();
    rule.setFieldPath(fieldPath);
    return add(cel, message, rule);
  }

  private Schema add(String cel, String message, ValidationRule rule) {
    rule.setRule(cel);
    rule.setMessage(message);
    List<ValidationRule> rules = new ArrayList<>(node.getXKubernetesValidations());
    rules.add(rule);
    node.setXKubernetesValidations(rules);
    return this;
  }
}
