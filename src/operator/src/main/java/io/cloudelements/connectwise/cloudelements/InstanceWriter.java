package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.instance.InstanceCall.Patch;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import java.util.Set;
import java.util.TreeSet;

/** Writes the bodies of requests that create or change an instance (contract §2, §4). */
final class InstanceWriter {
  private InstanceWriter() {}

  /** The whole instance, with its configuration. */
  static JsonNode whole(InstanceDefinition definition) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("element").put("key", definition.element().key());
    ObjectNode configuration = body.putObject("configuration");
    definition
        .configuration()
        .entries()
        .forEach((key, value) -> configuration.put(key, value.reveal()));
    body.set("tags", sorted(definition.tags()));
    body.put("name", definition.name());
    return body;
  }

  /** What is to change, without configuration. */
  static JsonNode part(Patch patch) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    patch.tags().ifPresent(tags -> body.set("tags", sorted(tags)));
    patch.name().ifPresent(name -> body.put("name", name));
    if (body.isEmpty()) {
      // An id is allowed (contract §4): a call that changes nothing has to say something.
      body.put("id", patch.id());
    }
    return body;
  }

  /** The service keeps no order of tags (contract §8.5); what is sent has always the same. */
  private static ArrayNode sorted(Set<String> tags) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(tags).forEach(array::add);
    return array;
  }
}
