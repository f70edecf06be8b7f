package io.cloudelements.connectwise.instance;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The body of {@code POST} and {@code PUT /instances} (contract §2, §4).
 *
 * @param tags the user's tags and the operator's
 */
public record InstanceDefinition(
    Element element, String name, Set<String> tags, Configuration configuration) {
  public InstanceDefinition {
    tags = Set.copyOf(tags);
  }

  /** What it says, by name: entries of the configuration by their full names. */
  List<String> fieldNames() {
    return Stream.concat(
            Stream.of("element", "name", "tags"),
            configuration.entries().keySet().stream().map(entry -> "configuration." + entry))
        .toList();
  }
}
