package io.cloudelements.connectwise.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fields that the definition does not have, which {@code kubectl} asks the server to refuse. */
record UnknownFields(JsonNode root) {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");
  private static final Set<String> OF_METADATA =
      Set.of(
          "name",
          "generateName",
          "namespace",
          "selfLink",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  /** The server's one message about all of them. */
  Optional<String> refusal(JsonNode manifest) {
    List<String> found = new ArrayList<>();
    manifest.properties().stream()
        .filter(field -> !OF_EVERY_OBJECT.contains(field.getKey()))
        .forEach(field -> field(root, "", field.getKey(), field.getValue(), found));
    manifest.path("metadata").properties().stream()
        .filter(field -> !OF_METADATA.contains(field.getKey()))
        .forEach(field -> found.add("metadata." + field.getKey()));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "strict decoding error: "
                + String.join(
                    ", ",
                    found.stream()
                        .sorted()
                        .map(path -> "unknown field \"" + path + "\"")
                        .toList()));
  }

  private static void field(
      JsonNode schema, String parent, String name, JsonNode value, List<String> found) {
    JsonNode known = schema.path("properties").path(name);
    String path = parent.isEmpty() ? name : parent + "." + name;
    if (known.isMissingNode()) {
      found.add(path);
    } else {
      below(known, path, value, found);
    }
  }

  private static void below(JsonNode schema, String path, JsonNode value, List<String> found) {
    if (value.isObject() && schema.has("properties")) {
      value
          .properties()
          .forEach(field -> field(schema, path, field.getKey(), field.getValue(), found));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        below(schema.path("items"), path + "[" + i + "]", value.get(i), found);
      }
    }
  }
}
