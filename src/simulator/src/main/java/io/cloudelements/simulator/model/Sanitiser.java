package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes name and tags of a request, without markup (contract §8.6). */
final class Sanitiser {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private Sanitiser() {}

  static Optional<String> name(ObjectNode body, Behaviour behaviour) {
    return body.path("name").isTextual()
        ? Optional.of(clean(body.path("name").asText(), behaviour))
        : Optional.empty();
  }

  /** Empty when the request does not speak of tags, which is not the same as no tags. */
  static Optional<Set<String>> tags(ObjectNode body, Behaviour behaviour) {
    JsonNode sent = body.path("tags");
    if (sent.isMissingNode() || sent.isNull()) {
      return Optional.empty();
    }
    if (!sent.isArray()) {
      throw Rejection.of(400, "tags must be an array of strings");
    }
    Set<String> tags = new LinkedHashSet<>();
    sent.forEach(tag -> tags.add(clean(tag.asText(), behaviour)));
    return Optional.of(tags);
  }

  private static String clean(String text, Behaviour behaviour) {
    String stripped = text.indexOf('<') < 0 ? text : TAG.matcher(text).replaceAll("");
    return switch (behaviour.sanitising()) {
      case STRIPS_TAGS -> stripped;
      case STRIPS_TAGS_AND_ESCAPES ->
          stripped.replace("&", "&amp;").replace("\"", "&#34;").replace("'", "&#39;");
    };
  }
}
