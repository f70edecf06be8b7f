package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads instances as leniently as the contract asks (§2): only {@code id} and {@code token} must be
 * there and well-typed; another field that is absent, null or ill-typed is unknown.
 */
final class InstanceReader {
  private InstanceReader() {}

  static RemoteInstance instance(JsonNode node) throws IllTypedAnswerException {
    return new RemoteInstance(
        id(node),
        token(node),
        text(node.path("name")),
        text(node.path("element").path("key")),
        tags(node.path("tags")),
        new Availability(flag(node.path("valid")), flag(node.path("disabled"))),
        configuration(node.path("configuration")));
  }

  /**
   * Items of a list, of which the id is all that must be there: they are summaries, and the token
   * is taken from an answer by id.
   */
  static List<ListedInstance> listed(JsonNode node) throws IllTypedAnswerException {
    if (!node.isArray()) {
      throw new IllTypedAnswerException("no list of instances");
    }
    List<ListedInstance> instances = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      instances.add(
          new ListedInstance(
              id(item),
              text(item.path("name")),
              text(item.path("element").path("key")),
              tags(item.path("tags")),
              flag(item.path("valid")),
              flag(item.path("disabled")),
              text(item.path("createdDate")).flatMap(InstanceReader::instant)));
    }
    return instances;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static long id(JsonNode node) throws IllTypedAnswerException {
    JsonNode id = node.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() <= 0) {
      throw new IllTypedAnswerException("an instance without a numeric id");
    }
    return id.longValue();
  }

  private static SecretValue token(JsonNode node) throws IllTypedAnswerException {
    Optional<String> token = text(node.path("token")).filter(value -> !value.isBlank());
    // a masked token would be written to the token Secret and open nothing
    if (token.isEmpty() || token.get().equals(Configuration.MASK)) {
      throw new IllTypedAnswerException("an instance without a token");
    }
    return SecretValue.of(token.get());
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  private static Optional<Boolean> flag(JsonNode node) {
    return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
  }

  /** Strings, or objects with a name as in the oldest sample (contract §2). */
  private static Optional<Set<String>> tags(JsonNode node) {
    if (!node.isArray()) {
      return Optional.empty();
    }
    Set<String> tags = new LinkedHashSet<>();
    for (JsonNode item : node) {
      Optional<String> tag = text(item.isObject() ? item.path("name") : item);
      if (tag.isEmpty()) {
        return Optional.empty();
      }
      tags.add(tag.get());
    }
    return Optional.of(tags);
  }

  private static Map<String, String> configuration(JsonNode node) {
    Map<String, String> entries = new LinkedHashMap<>();
    node.properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          if (value.isValueNode() && !value.isNull()) {
            entries.put(entry.getKey(), value.asText());
          }
        });
    return entries;
  }
}
