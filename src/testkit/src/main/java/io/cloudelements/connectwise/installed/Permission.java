package io.cloudelements.connectwise.installed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The smallest thing that a role allows: one verb on one resource.
 *
 * @param namespace of the Role; empty: a ClusterRole's, in all of them
 * @param name of the only object that it is about; empty: all
 */
record Permission(String namespace, String group, String resource, String verb, String name) {

  /** All that these roles allow. A role is taken to be bound to the operator. */
  static List<Permission> of(List<JsonNode> objects) {
    List<Permission> all = new ArrayList<>();
    for (JsonNode role : objects) {
      String namespace = role.at("/metadata/namespace").asText();
      for (JsonNode rule : role.path("rules")) {
        for (String group : texts(rule.path("apiGroups"))) {
          for (String resource : texts(rule.path("resources"))) {
            for (String verb : texts(rule.path("verbs"))) {
              namesOf(rule)
                  .map(name -> new Permission(namespace, group, resource, verb, name))
                  .forEach(all::add);
            }
          }
        }
      }
    }
    return all;
  }

  /** The same, without the namespace it is granted in. */
  Permission anywhere() {
    return new Permission("", group, resource, verb, name);
  }

  /** Whether that call needs this permission. */
  boolean covers(AuditedCall call) {
    return verb.equals(call.verb())
        && group.equals(call.group())
        && resource.equals(call.resource())
        && (namespace.isEmpty() || namespace.equals(call.namespace()))
        && (name.isEmpty() || name.equals(call.name()));
  }

  private static Stream<String> namesOf(JsonNode rule) {
    JsonNode names = rule.path("resourceNames");
    return names.isMissingNode() ? Stream.of("") : texts(names).stream();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
