package io.cloudelements.connectwise.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The installed definition of a kind, applied as the API server applies it: unknown fields,
 * structural schema, sets, and CEL rules, with the same messages.
 */
public final class CustomResourceSchema {
  private final String apiVersion;
  private final String kind;
  private final UnknownFields unknown;
  private final StructuralSchema structure;
  private final CelRules rules;

  private CustomResourceSchema(JsonNode definition) {
    JsonNode version = definition.at("/spec/versions/0");
    apiVersion = definition.at("/spec/group").asText() + "/" + version.path("name").asText();
    kind = definition.at("/spec/names/kind").asText();
    JsonNode root = version.at("/schema/openAPIV3Schema");
    unknown = new UnknownFields(root);
    structure = new StructuralSchema(root);
    rules = new CelRules(root);
  }

  /** Of {@code ConnectWiseInstance}. */
  public static CustomResourceSchema ofInstances() {
    return load("connectwiseinstances.cloudelements.io.yaml");
  }

  /** Of {@code CloudElementsAccount}. */
  public static CustomResourceSchema ofAccounts() {
    return load("cloudelementsaccounts.cloudelements.io.yaml");
  }

  /**
   * Reads a definition that the build put beside this class.
   *
   * @throws IllegalStateException when it is not there, or says something that is not checked here
   */
  private static CustomResourceSchema load(String name) {
    try (InputStream file = CustomResourceSchema.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing: the jar is incomplete");
      }
      return new CustomResourceSchema(new YAMLMapper().readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** Whether a manifest is of the kind that this definition is about, in any version. */
  public boolean isAbout(JsonNode manifest) {
    String group = apiVersion.substring(0, apiVersion.indexOf('/') + 1);
    return manifest.path("kind").asText().equals(kind)
        && manifest.path("apiVersion").asText().startsWith(group);
  }

  /**
   * What the API server would refuse.
   *
   * @param manifest of this kind
   * @param stored what the manifest replaces, for rules about changes
   * @return the server's messages; none when it accepts the manifest
   */
  public List<String> refusals(JsonNode manifest, Optional<JsonNode> stored) {
    if (!manifest.path("apiVersion").asText().equals(apiVersion)) {
      return List.of(
          "no matches for kind \"%s\" in version \"%s\""
              .formatted(kind, manifest.path("apiVersion").asText()));
    }
    Optional<String> strict = unknown.refusal(manifest);
    if (strict.isPresent()) {
      return List.of(strict.get());
    }
    JsonNode sent = withoutNulls(manifest);
    List<SchemaViolation> violations = new ArrayList<>();
    ObjectName.violation(sent).ifPresent(violations::add);
    violations.addAll(structure.violations(sent));
    if (violations.stream().noneMatch(SchemaViolation::blocking)) {
      violations.addAll(rules.violations(sent, stored.map(CustomResourceSchema::withoutNulls)));
    }
    return violations.stream().map(SchemaViolation::message).toList();
  }

  /** A field that is null counts as one that is not there. */
  private static JsonNode withoutNulls(JsonNode value) {
    if (!value.isObject()) {
      return value;
    }
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    value.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> kept.set(field.getKey(), withoutNulls(field.getValue())));
    return kept;
  }
}
