package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.ElementCatalog.CRM_PREFIX;
import static io.cloudelements.simulator.model.ElementCatalog.HELPDESK_PREFIX;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.simulator.model.ElementModel.ConfigurationEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the configuration of a request: known entries only, everything as a string, defaults for
 * what was not sent, and a 400 that names all required entries that are missing.
 */
final class Entries {
  static final String MASK = "********";

  private final String elementKey;
  private final Behaviour behaviour;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> masked = new LinkedHashSet<>();
  private final Set<String> cleared = new LinkedHashSet<>();

  private Entries(String elementKey, Behaviour behaviour) {
    this.elementKey = elementKey;
    this.behaviour = behaviour;
  }

  /** Reads what was sent; values may be strings, booleans or numbers. */
  static Entries sent(String elementKey, JsonNode configuration, Behaviour behaviour) {
    Entries entries = new Entries(elementKey, behaviour);
    if (configuration instanceof ObjectNode object) {
      object.properties().forEach(entry -> entries.read(entry.getKey(), entry.getValue()));
    } else if (!configuration.isMissingNode() && !configuration.isNull()) {
      throw Rejection.of(400, "configuration must be an object");
    }
    entries.requireKnown();
    return entries;
  }

  /** The configuration of an instance that is created or provisioned again with these entries. */
  Map<String, String> replacing(Map<String, String> stored) {
    Map<String, String> result = new LinkedHashMap<>();
    for (ConfigurationEntry entry : element(sentKeys()).entries()) {
      entry.defaultValue().ifPresent(value -> result.put(entry.key(), value));
    }
    return complete(mergedInto(result, stored));
  }

  /** The configuration of an instance of which these entries change (contract §4, PATCH). */
  Map<String, String> merged(Map<String, String> stored) {
    Map<String, String> result = new LinkedHashMap<>(stored);
    result.keySet().removeAll(cleared);
    return complete(mergedInto(result, stored));
  }

  boolean isEmpty() {
    return values.isEmpty() && masked.isEmpty() && cleared.isEmpty();
  }

  private void read(String sentKey, JsonNode value) {
    String key = shownKey(sentKey);
    if (value.isContainerNode()) {
      throw Rejection.of(400, "Invalid value of the configuration entry " + key);
    }
    if (value.isNull()) {
      cleared.add(key);
    } else if (value.asText().equals(MASK) && !behaviour.maskedValueIsStored()) {
      masked.add(key);
    } else {
      values.put(key, value.asText());
    }
  }

  private String shownKey(String key) {
    return behaviour.crmPrefix() == Behaviour.CrmPrefix.EITHER_SHOWN_AS_HELPDESK
            && elementKey.equals("connectwisecrm")
            && key.startsWith(CRM_PREFIX)
        ? HELPDESK_PREFIX + key.substring(CRM_PREFIX.length())
        : key;
  }

  private Map<String, String> mergedInto(Map<String, String> result, Map<String, String> stored) {
    Set<String> keys = new LinkedHashSet<>(stored.keySet());
    keys.addAll(sentKeys());
    ElementModel element = element(keys);
    values.forEach((key, value) -> {
      boolean echoed = behaviour.unknownEntries() == Behaviour.UnknownEntries.ECHOED;
      if (element.entry(key).map(entry -> !entry.serverManaged()).orElse(echoed)) {
        result.put(key, value);
      }
    });
    for (String key : masked) {
      if (element.entry(key).isPresent()) {
        // there is nothing behind the mask on a creation: it then is the value
        result.put(key, stored.getOrDefault(key, MASK));
      }
    }
    return result;
  }

  private Map<String, String> complete(Map<String, String> configuration) {
    List<String> missing = new ArrayList<>();
    for (ConfigurationEntry entry : element(configuration.keySet()).entries()) {
      if (entry.required() && configuration.getOrDefault(entry.key(), "").isBlank()) {
        missing.add(entry.key());
      }
    }
    if (!missing.isEmpty()) {
      throw Rejection.of(
          400, behaviour.missingEntriesMessage().formatted(String.join(", ", missing)));
    }
    return configuration;
  }

  private void requireKnown() {
    if (behaviour.unknownEntries() == Behaviour.UnknownEntries.REJECTED) {
      ElementModel element = element(values.keySet());
      for (String key : values.keySet()) {
        if (element.entry(key).isEmpty()) {
          throw Rejection.of(400, "Unknown configuration entry " + key);
        }
      }
    }
  }

  private Set<String> sentKeys() {
    Set<String> keys = new LinkedHashSet<>(values.keySet());
    keys.addAll(masked);
    return keys;
  }

  private ElementModel element(Set<String> keys) {
    return ElementCatalog.find(elementKey, keys, behaviour)
        .orElseThrow(() -> Rejection.of(404, "No element found with key " + elementKey));
  }
}
