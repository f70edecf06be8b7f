package io.cloudelements.connectwise.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a schema says of a field, in words. */
final class FieldText {
  private FieldText() {}

  static String type(JSONSchemaProps field) {
    return switch (field.getType()) {
      case "array" ->
          ("set".equals(field.getXKubernetesListType()) ? "set of " : "list of ")
              + items(field).map(FieldText::type).orElse("values");
      case "object" -> field.getAdditionalProperties() == null ? "object" : "map of strings";
      case "integer" -> "integer (" + field.getFormat() + ")";
      default -> field.getFormat() == null ? field.getType() : field.getFormat();
    };
  }

  static Optional<JSONSchemaProps> items(JSONSchemaProps field) {
    return Optional.ofNullable(field.getItems()).map(items -> items.getSchema());
  }

  static String checks(JSONSchemaProps field) {
    List<String> checks = new ArrayList<>(bounds(field));
    items(field)
        .filter(item -> item.getProperties().isEmpty())
        .ifPresent(item -> {
          bounds(item).forEach(bound -> checks.add("each: " + bound));
          messages(item).forEach(message -> checks.add("each " + message));
        });
    if (field.getAdditionalProperties() != null) {
      JSONSchemaProps value = field.getAdditionalProperties().getSchema();
      bounds(value).forEach(bound -> checks.add("each value: " + bound));
      messages(value).forEach(message -> checks.add("each value " + message));
    }
    if (!field.getType().equals("object") || field.getProperties().isEmpty()) {
      checks.addAll(messages(field));
    }
    return String.join("; ", checks);
  }

  private static List<String> bounds(JSONSchemaProps field) {
    List<String> bounds = new ArrayList<>();
    if (!field.getEnum().isEmpty()) {
      bounds.add(
          field.getEnum().stream()
              .map(word -> "`" + word.asText() + "`")
              .collect(Collectors.joining(", ")));
    }
    if (field.getMinimum() != null) {
      long least = field.getMinimum().longValue();
      bounds.add(
          field.getMaximum() == null
              ? "at least " + least
              : least + " to " + field.getMaximum().longValue());
    }
    if (field.getMaxLength() != null) {
      Long least = Optional.ofNullable(field.getMinLength()).orElse(0L);
      bounds.add(least + " to " + field.getMaxLength() + " characters");
    }
    Optional.ofNullable(field.getMaxItems()).ifPresent(most -> bounds.add("at most " + most));
    Optional.ofNullable(field.getMaxProperties())
        .ifPresent(most -> bounds.add("at most " + most + " entries"));
    return bounds;
  }

  private static List<String> messages(JSONSchemaProps field) {
    return field.getXKubernetesValidations().stream().map(ValidationRule::getMessage).toList();
  }
}
