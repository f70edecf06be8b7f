package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Masks secrets of configurations in answers. */
public final class Secrets {
  private Secrets() {}

  /** A request body with the secrets of its configuration masked; nothing of it if unreadable. */
  public static String masked(String body) {
    if (body.isEmpty()) {
      return "";
    }
    ObjectNode node;
    try {
      node = Wire.read(body);
    } catch (Rejection unreadable) {
      return "(" + body.length() + " characters that are not a JSON object)";
    }
    if (node.get("configuration") instanceof ObjectNode configuration) {
      configuration
          .properties()
          .forEach(entry -> {
            if (ElementCatalog.isSecret(entry.getKey())) {
              configuration.put(entry.getKey(), Entries.MASK);
            }
          });
    }
    if (node.has("providerData")) {
      node.put("providerData", Entries.MASK);
    }
    return node.toString();
  }

  /** A configuration with its secrets masked. */
  public static Map<String, String> masked(Map<String, String> configuration) {
    Map<String, String> masked = new LinkedHashMap<>(configuration);
    masked.replaceAll((key, value) -> ElementCatalog.isSecret(key) ? Entries.MASK : value);
    return masked;
  }
}
