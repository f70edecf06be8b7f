package io.cloudelements.connectwise.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The definition's {@code x-kubernetes-validations}. A rule that compares with {@code oldSelf} says
 * nothing of what is new, and items of a list have no former self.
 */
final class CelRules {
  private static final Pattern TRANSITION = Pattern.compile("\\boldSelf\\b");
  private static final JsonMapper VALUES =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private final JsonNode root;
  private final Map<String, CelExpression> compiled = new HashMap<>();

  CelRules(JsonNode root) {
    this.root = root;
  }

  List<SchemaViolation> violations(JsonNode manifest, Optional<JsonNode> stored) {
    List<SchemaViolation> found = new ArrayList<>();
    apply(root, new Place("", manifest, stored), found);
    return found;
  }

  /** A value, where it is, and what it replaces. */
  private record Place(String path, JsonNode value, Optional<JsonNode> old) {
    Place field(String name) {
      return below(path.isEmpty() ? name : path + "." + name, name);
    }

    Place entry(String key) {
      return below(path + "[" + key + "]", key);
    }

    Place item(int index) {
      return new Place(path + "[" + index + "]", value.get(index), Optional.empty());
    }

    private Place below(String where, String name) {
      return new Place(
          where, value.path(name), old.map(o -> o.path(name)).filter(o -> !o.isMissingNode()));
    }

    String at(JsonNode rule) {
      String suffix = rule.path("fieldPath").asText();
      return path.isEmpty() && !suffix.isEmpty() ? suffix.substring(1) : path + suffix;
    }
  }

  private void apply(JsonNode schema, Place place, List<SchemaViolation> found) {
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> violation(rule, place).ifPresent(found::add));
    if (place.value().isArray()) {
      for (int i = 0; i < place.value().size(); i++) {
        apply(schema.path("items"), place.item(i), found);
      }
      return;
    }
    for (String name : StructuralSchema.sorted(place.value()).keySet()) {
      if (schema.path("properties").has(name)) {
        apply(schema.path("properties").get(name), place.field(name), found);
      } else {
        apply(schema.path("additionalProperties"), place.entry(name), found);
      }
    }
  }

  private Optional<SchemaViolation> violation(JsonNode rule, Place place) {
    String text = rule.path("rule").textValue();
    if (TRANSITION.matcher(text).find() && place.old().isEmpty()) {
      return Optional.empty();
    }
    // a rule that points at a field is about an object, whose value is not shown
    String message = rule.path("message").textValue();
    try {
      return holds(text, place)
          ? Optional.empty()
          : Optional.of(SchemaViolation.invalid(place.at(rule), place.value(), message));
    } catch (CelEvaluationException e) {
      return Optional.of(
          SchemaViolation.invalid(
              place.at(rule), place.value(), e.getMessage() + " evaluating rule: " + message));
    }
  }

  private boolean holds(String rule, Place place) throws CelEvaluationException {
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", plain(place.value()));
    place.old().ifPresent(old -> variables.put("oldSelf", plain(old)));
    return compiled.computeIfAbsent(rule, CelExpression::compile).holds(variables);
  }

  private static Object plain(JsonNode value) {
    return VALUES.convertValue(value, Object.class);
  }
}
