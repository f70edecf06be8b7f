package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calls to what an instance connects to (contract §5, §9). They name the instance by its token; a
 * hub in the path may be left out.
 */
final class ElementCalls {
  /** What the vendor's suite reads of ConnectWise (contract §9). */
  static final Set<String> OBJECTS =
      Set.of("incidents", "contacts", "organizations", "time-entries");

  private final ServiceState state;
  private final Wire wire;

  ElementCalls(ServiceState state, Wire wire) {
    this.state = state;
    this.wire = wire;
  }

  ApiResponse ping(Instance instance) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("endpoint", instance.elementKey());
    node.put("valid", isConnected(instance));
    node.put("dateTime", state.now().toString());
    return wire.ok(node, of(instance));
  }

  /** Answered for a disabled instance too (contract §5). */
  ApiResponse objects(Instance instance) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(OBJECTS).forEach(names::add);
    return wire.ok(names, of(instance));
  }

  ApiResponse read(Instance instance, String resource) {
    if (instance.disabled()) {
      throw Rejection.of(403, "The element instance is disabled");
    }
    if (!isConnected(instance)) {
      throw ProvisioningModel.wrongPassword(401);
    }
    ArrayNode records = JsonNodeFactory.instance.arrayNode();
    records.addObject().put("id", "1").put("name", resource + " 1");
    return wire.ok(records, of(instance));
  }

  private static Map<String, String> of(Instance instance) {
    return Map.of(Wire.INSTANCE_ID, Long.toString(instance.id()));
  }

  private boolean isConnected(Instance instance) {
    return instance.valid()
        && state.provider.verify(state.elementOf(instance), instance.configuration())
            == Provider.Verdict.ACCEPTED;
  }
}
