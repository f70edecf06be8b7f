package io.cloudelements.connectwise.instance;

import java.util.Set;

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
}
