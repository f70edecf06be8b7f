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
    String method = call.kind().method();
    return switch (call) {
      case Create create -> ofAll(method, "").with(InstanceWriter.whole(create.definition()));
      case ListPage list -> ofAll(method, "?" + query(list));
      case Read(long id) -> ofOne(method, id, "");
      case ReadOrganization _ -> of(method, "/organizations/me", "");
      case ReadAuditLog log -> auditLog(method, log);
      case Patch patch -> ofOne(method, patch.id(), "").with(InstanceWriter.part(patch));
      case Replace(long id, var definition) ->
          ofOne(method, id, "").with(InstanceWriter.whole(definition));
      case SetEnabled(long id, _) -> ofOne(method, id, "/enabled");
      case Delete(long id) -> ofOne(method, id, "");
    };
  }

  private static EncodedRequest ofAll(String method, String query) {
    return of(method, "/instances", query);
  }

  private static EncodedRequest of(String method, String path, String query) {
    return new EncodedRequest(method, path, path + query, Optional.empty());
  }

  private static EncodedRequest ofOne(String method, long id, String suffix) {
    return new EncodedRequest(
        method, "/instances/{id}" + suffix, "/instances/" + id + suffix, Optional.empty());
  }

  private static EncodedRequest auditLog(String method, ReadAuditLog log) {
    String path = "/audit-logs/element-instances/";
    String period =
        "?from=" + encoded(log.from().toString()) + "&to=" + encoded(log.to().toString());
    return new EncodedRequest(method, path + "{id}", path + log.id() + period, Optional.empty());
  }

  private EncodedRequest with(JsonNode content) {
    return new EncodedRequest(method, route, target, Optional.of(content));
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
