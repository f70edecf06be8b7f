package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.SecretContent.ValueReading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The configuration entries of one resource, with everything that is missing or malformed. */
final class EntryCollector {
  private final SecretContent secret;
  private final Map<String, String> spec;
  private final String prefix;
  private final List<String> missing = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final SortedMap<String, SecretValue> entries = new TreeMap<>();
  private final Set<String> plain = new HashSet<>();
  private final Set<String> malformed = new HashSet<>();

  /**
   * @param spec the entries of {@code spec.configuration}, which win
   * @param prefix of the element's prefixed entries
   */
  EntryCollector(SecretContent secret, Map<String, String> spec, String prefix) {
    this.secret = secret;
    this.spec = spec;
    this.prefix = prefix;
  }

  /** What is missing so far; others may add to it. */
  List<String> missing() {
    return missing;
  }

  /** What is malformed so far; others may add to it. */
  List<String> problems() {
    return problems;
  }

  Configuration configuration(List<String> ignored) {
    return new Configuration(entries, plain, ignored);
  }

  /** A key with an entry's full name. Blank, it is as if it were not there. */
  void raw(String key) {
    if (!spec.containsKey(key)) {
      take(key, key);
    }
  }

  /** After the raw ones, which win over the friendly key. */
  void required(Element.RequiredEntry entry) {
    String name = entry.configurationKey(prefix);
    if (!entry.confidential()) {
      plain.add(name);
    }
    if (spec.containsKey(name)) {
      if (spec.get(name).isBlank()) {
        missing.add("a value of spec.configuration entry " + name + ", which is blank");
      }
      return;
    }
    boolean raw = entries.containsKey(name) || malformed.contains(name);
    if (!raw && take(entry.secretKey(), name) instanceof ValueReading.Absent(String how)) {
      missing.add("key " + entry.secretKey() + " (configuration entry " + name + ")" + how);
    }
  }

  /** Requires a key that the resource lists. */
  void listed(String key) {
    if (!spec.containsKey(key) && secret.read(key) instanceof ValueReading.Absent(String how)) {
      missing.add("key " + key + " (listed in spec.credentialsSecretRef.entries)" + how);
    }
  }

  void fromSpec(String name, String value) {
    if (value.equals(Configuration.MASK)) {
      problems.add(
          "spec.configuration entry "
              + name
              + " is "
              + Configuration.MASK
              + ", which the service shows in a value's place; write the value");
    }
    entries.put(name, SecretValue.of(value));
    plain.add(name);
  }

  private ValueReading take(String key, String name) {
    ValueReading reading = secret.read(key);
    switch (reading) {
      case ValueReading.Readable(SecretValue value) -> entries.put(name, value);
      case ValueReading.Unusable(String problem) -> {
        malformed.add(name);
        problems.add("key " + key + " in Secret " + secret.name() + " " + problem);
      }
      case ValueReading.Absent _ -> {}
    }
    return reading;
  }
}
