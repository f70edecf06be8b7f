package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cloudelements.RequestPreview;
import io.cloudelements.connectwise.instance.VisibleText;
import java.util.List;
import java.util.Optional;

/**
 * What {@code plan} has to say of one resource.
 *
 * @param kind of the resource
 * @param refusals why it would not be accepted; empty: it would
 * @param notes what else must be there, or why nothing is sent
 * @param request the first request that changes anything, secrets masked
 */
record CheckedManifest(
    String source,
    String kind,
    String namespace,
    String name,
    List<String> refusals,
    List<String> notes,
    Optional<RequestPreview> request) {

  boolean isRefused() {
    return !refusals.isEmpty();
  }

  ObjectNode data() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("source", source)
        .put("kind", kind)
        .put("namespace", namespace)
        .put("name", name)
        .put("accepted", !isRefused());
    refusals.forEach(data.putArray("refusals")::add);
    notes.forEach(data.putArray("notes")::add);
    request.ifPresent(sent ->
        data.putObject("request")
            .put("method", sent.method())
            .put("url", sent.url())
            .set("body", sent.body()));
    return data;
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            line(
                "%s: %s %s/%s: %s"
                    .formatted(
                        source, kind, namespace, name, isRefused() ? "refused" : "accepted")));
    refusals.forEach(refusal -> text.append(line("  " + refusal)));
    notes.forEach(note -> text.append(line("  " + note)));
    request.ifPresent(sent ->
        text.append(line("  " + sent.method() + " " + sent.url()))
            .append("  Authorization: User ********, Organization ********\n")
            .append(Output.json(sent.body()).indent(2)));
    return text.toString();
  }

  private static String line(String text) {
    return VisibleText.line(text) + "\n";
  }
}
