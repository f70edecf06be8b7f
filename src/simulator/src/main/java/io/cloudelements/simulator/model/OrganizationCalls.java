package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a user asks about its organization and its own secret (contract §11). */
final class OrganizationCalls {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ServiceState state;
  private final Wire wire;

  OrganizationCalls(ServiceState state, Wire wire) {
    this.state = state;
    this.wire = wire;
  }

  ApiResponse me(User user) {
    ObjectNode node = described(user.organization());
    return switch (state.behaviour.organizationReply()) {
      case TOLD -> wire.ok(node);
      case ID_IS_TEXT -> wire.ok(node.put("id", node.path("id").asText()));
      case ID_IS_OBJECT -> wire.ok(node.set("id", NODES.objectNode().set("value", node.get("id"))));
      case ID_ABSENT -> wire.ok(without(node, "id"));
      case NAME_ABSENT -> wire.ok(without(node, "name"));
      case ARRAY -> wire.ok(NODES.arrayNode().add(node));
      case HTML ->
          new ApiResponse(
              200, Map.of("Content-Type", "text/html;charset=UTF-8"), "<html>Sign in</html>");
      case NOT_FOUND -> throw Rejection.of(404, "No organization found");
      case UNAUTHORIZED -> throw Rejection.unauthorized();
      case FORBIDDEN -> throw Rejection.of(403, "The user may not see the organization");
    };
  }

  /** The form of the answer is unknown; it has to show the new secret somehow. */
  ApiResponse resetUserSecret(User user) {
    String secret = state.identifiers.token();
    state.users.resetSecret(user.secret(), secret);
    return wire.ok(NODES.objectNode().put("secret", secret));
  }

  private static ObjectNode described(OrganizationModel organization) {
    ObjectNode node = NODES.objectNode();
    node.put("id", organization.id());
    node.put("name", organization.name());
    node.put("secret", organization.secret());
    return node;
  }

  private static JsonNode without(ObjectNode node, String field) {
    return node.without(field);
  }
}
