package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.simulator.model.Behaviour.AuditLogReply;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who changed an instance (contract §11). The names of the fields are those of the vendor's own
 * client; nothing on the wire was seen.
 */
final class AuditLogCalls {
  /** The person at the console. */
  static final long CONSOLE_USER = 9001;

  static final String CONSOLE_ADDRESS = "203.0.113.7";
  private static final String CLIENT_ADDRESS = "198.51.100.20";
  private static final int VERY_MANY = 20_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ServiceState state;
  private final Wire wire;

  AuditLogCalls(ServiceState state, Wire wire) {
    this.state = state;
    this.wire = wire;
  }

  ApiResponse changes(ApiRequest request, User user, Instance instance) {
    List<Change> changes =
        state.instances.changes().stream()
            .filter(change -> change.instance().id() == instance.id())
            .filter(change ->
                state.behaviour.auditLogReply() == AuditLogReply.PERIOD_IGNORED
                    || isWithin(request, change.at()))
            .toList();
    ArrayNode log = items(changes, change -> item(change, change.at().toString()));
    return switch (state.behaviour.auditLogReply()) {
      case TOLD, PERIOD_IGNORED -> wire.ok(log);
      case TIME_IS_NUMBER ->
          wire.ok(
              items(
                  changes,
                  change -> {
                    ObjectNode item = item(change, "");
                    return item.put("timestamp", change.at().toEpochMilli());
                  }));
      case EMPTY -> wire.ok(NODES.arrayNode());
      case OBJECT -> wire.ok(NODES.objectNode().set("items", log));
      case OTHER_NAMES ->
          wire.ok(
              items(
                  changes,
                  change -> NODES.objectNode().put("who", CONSOLE_USER).put("when", "today")));
      case SECRETS -> wire.ok(quoting(changes, user, instance));
      case HOSTILE -> wire.ok(hostile(changes));
      case VERY_LONG -> wire.ok(veryLong(changes));
      case HTML ->
          new ApiResponse(
              200, Map.of("Content-Type", "text/html;charset=UTF-8"), "<html>Sign in</html>");
      case NOT_FOUND -> throw Rejection.of(404, "No audit logs found");
      case UNAUTHORIZED -> throw Rejection.unauthorized();
      case FORBIDDEN -> throw Rejection.of(403, "The user may not see audit logs");
      case UNAVAILABLE -> throw Rejection.of(503, "Audit logs are not available");
    };
  }

  private static ArrayNode items(List<Change> changes, Function<Change, ObjectNode> item) {
    ArrayNode log = NODES.arrayNode();
    changes.forEach(change -> log.add(item.apply(change)));
    return log;
  }

  private static ObjectNode item(Change change, String time) {
    ObjectNode item = NODES.objectNode();
    item.put("id", "audit-" + change.number()).put("instance_id", change.instance().id());
    item.put("user_id", change.byHand() ? CONSOLE_USER : change.instance().ownerId());
    item.put("method", method(change.kind()));
    item.put("resource_uri", "/elements/api-v2/instances/" + change.instance().id());
    item.put("ip_address", change.byHand() ? CONSOLE_ADDRESS : CLIENT_ADDRESS);
    return item.put("timestamp", time).put("status", 200);
  }

  private static String method(Change.ChangeKind kind) {
    return switch (kind) {
      case CREATED -> "POST";
      case UPDATED -> "PATCH";
      case ENABLED -> "PUT";
      case DISABLED, DELETED -> "DELETE";
    };
  }

  /** With every secret that the service has of the instance and its user, in every value. */
  private static ArrayNode quoting(List<Change> changes, User user, Instance instance) {
    String secrets =
        String.join(
            " ",
            user.secret(),
            user.organizationSecret(),
            instance.token(),
            String.join(" ", instance.configuration().values()));
    return items(
        changes,
        change ->
            item(change, change.at().toString())
                .put("user_id", secrets)
                .put("ip_address", secrets)
                .put("resource_uri", secrets));
  }

  /** What a user's name may hold that a terminal or a page obeys. */
  private static ArrayNode hostile(List<Change> changes) {
    return items(
        changes,
        change ->
            item(change, change.at().toString())
                .put(
                    "user_id",
                    "<b onclick=x>\u001b[31mmallory\u202e</b>\r\nERROR " + "x".repeat(5_000))
                .put("ip_address", "\u0007203.0.113.7\u2028"));
  }

  private static ArrayNode veryLong(List<Change> changes) {
    ArrayNode log = items(changes, change -> item(change, change.at().toString()));
    ObjectNode last = NODES.objectNode().put("note", "x".repeat(100));
    for (int i = 0; i < VERY_MANY; i++) {
      log.add(last);
    }
    return log;
  }

  private static boolean isWithin(ApiRequest request, Instant at) {
    return time(request, "from").filter(at::isBefore).isEmpty()
        && time(request, "to").filter(at::isAfter).isEmpty();
  }

  private static Optional<Instant> time(ApiRequest request, String parameter) {
    try {
      return request.parameter(parameter).map(Instant::parse);
    } catch (DateTimeException e) {
      throw Rejection.of(400, "The parameter " + parameter + " is no time");
    }
  }
}
