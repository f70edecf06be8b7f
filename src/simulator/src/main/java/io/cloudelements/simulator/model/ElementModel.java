package io.cloudelements.simulator.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of the catalogue: what an instance of it connects to, and which configuration entries
 * it takes.
 *
 * @param id differs between environments of the real service; only keys identify an element
 */
record ElementModel(
    int id,
    String key,
    String name,
    String hub,
    String description,
    List<ConfigurationEntry> entries) {

  /** What an entry means to the provider. */
  enum Role {
    COMPANY,
    USERNAME,
    PASSWORD,
    SERVER,
    WSDL_PATH,
    NONE
  }

  /**
   * A configuration entry (contract §3 and §9).
   *
   * @param type as the service names it; {@code PASSWORD} is masked in answers
   * @param defaultValue what an instance has that was created without the entry
   * @param serverManaged never taken from a request
   */
  record ConfigurationEntry(
      String key,
      String name,
      String type,
      boolean required,
      Optional<String> defaultValue,
      Role role,
      boolean serverManaged) {

    boolean isSecret() {
      return type.equals("PASSWORD");
    }

    static ConfigurationEntry required(String key, String name, String type, Role role) {
      return new ConfigurationEntry(key, name, type, true, Optional.empty(), role, false);
    }

    static ConfigurationEntry optional(String key, String name, String type) {
      return new ConfigurationEntry(key, name, type, false, Optional.empty(), Role.NONE, false);
    }

    static ConfigurationEntry defaulted(
        String key, String name, String type, String value, Role role) {
      return new ConfigurationEntry(key, name, type, false, Optional.of(value), role, false);
    }

    static ConfigurationEntry managed(String key, String name) {
      return new ConfigurationEntry(
          key, name, "TEXTFIELD_128", false, Optional.empty(), Role.NONE, true);
    }
  }

  Optional<ConfigurationEntry> entry(String entryKey) {
    for (ConfigurationEntry entry : entries) {
      if (entry.key().equals(entryKey)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** The value of the entry that has the role, empty when there is none. */
  String value(Role role, Map<String, String> configuration) {
    for (ConfigurationEntry entry : entries) {
      if (entry.role() == role) {
        return configuration.getOrDefault(entry.key(), "");
      }
    }
    return "";
  }
}
