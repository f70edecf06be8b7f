package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.Create;
import io.cloudelements.connectwise.instance.InstanceCall.Delete;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstanceCall.Patch;
import io.cloudelements.connectwise.instance.InstanceCall.Read;
import io.cloudelements.connectwise.instance.InstanceCall.ReadAuditLog;
import io.cloudelements.connectwise.instance.InstanceCall.ReadOrganization;
import io.cloudelements.connectwise.instance.InstanceCall.Replace;
import io.cloudelements.connectwise.instance.InstanceCall.SetEnabled;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A call as the contract writes it (§2–§5, §11), without the account.
 *
 * @param route the path without ids, for logs and metrics
 * @param target path and query below the API base, encoded
 * @param body where the request has one
 */
record EncodedRequest(String method, String route, String target, Optional<JsonNode> body) {

  static EncodedRequest of(InstanceCall.Request<?> call) {
    return new EncodedRequest(
        call.kind().method(), call.route(), call.path() + query(call), body(call));
  }

  private static Optional<JsonNode> body(InstanceCall.Request<?> call) {
    return switch (call) {
      case Create create -> Optional.of(InstanceWriter.whole(create.definition()));
      case Replace(_, var definition) -> Optional.of(InstanceWriter.whole(definition));
      case Patch patch -> Optional.of(InstanceWriter.part(patch));
      case Read _, ListPage _, ReadOrganization _, ReadAuditLog _, SetEnabled _, Delete _ ->
          Optional.empty();
    };
  }

  private static String query(InstanceCall.Request<?> call) {
    return switch (call) {
      case ListPage list -> "?" + query(list);
      case ReadAuditLog(_, var from, var to) ->
          "?from=" + encoded(from.toString()) + "&to=" + encoded(to.toString());
      case Create _, Read _, Patch _, Replace _, SetEnabled _, Delete _, ReadOrganization _ -> "";
    };
  }

  private static String query(ListPage list) {
    return list.tag().map(tag -> "tags%5B%5D=" + encoded(tag.value()) + "&").orElse("")
        + "pageSize="
        + list.page().size()
        + (list.page().hydrated() ? "" : "&hydrate=false")
        + list.page().token().map(token -> "&nextPage=" + encoded(token)).orElse("");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
