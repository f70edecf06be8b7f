package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects that the chart makes of some values, and questions about them. */
record Rendered(List<JsonNode> objects) {
  static final String NAMESPACE = "operators";

  /** Renders a release in the namespace {@link #NAMESPACE}. */
  static Rendered from(String values) {
    return new Rendered(Chart.manifests(NAMESPACE, values));
  }

  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> object.get("kind").asText().equals(kind)).toList();
  }

  JsonNode only(String kind) {
    List<JsonNode> found = ofKind(kind);
    if (found.size() != 1) {
      throw new AssertionError("%d objects of kind %s".formatted(found.size(), kind));
    }
    return found.getFirst();
  }

  Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    objects.forEach(object -> kinds.add(object.get("kind").asText()));
    return kinds;
  }

  JsonNode pod() {
    return only("Deployment").at("/spec/template/spec");
  }

  JsonNode container() {
    return pod().at("/containers/0");
  }

  /** Variables with a plain value. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    container()
        .get("env")
        .forEach(variable ->
            environment.put(
                variable.get("name").asText(), variable.path("value").asText("(a reference)")));
    return environment;
  }

  /** What a role of the operator itself allows with a resource, over all roles of that kind. */
  Set<String> verbs(String roleKind, String resource) {
    Set<String> verbs = new TreeSet<>();
    ofKind(roleKind).stream()
        .filter(role ->
            !role.at("/metadata/name").asText().matches(".*-(view|edit|accounts|service-binding)"))
        .flatMap(role -> texts(role.get("rules")))
        .filter(rule -> texts(rule.get("resources")).anyMatch(it -> it.asText().equals(resource)))
        .flatMap(rule -> texts(rule.get("verbs")))
        .forEach(verb -> verbs.add(verb.asText()));
    return verbs;
  }

  static Stream<JsonNode> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
