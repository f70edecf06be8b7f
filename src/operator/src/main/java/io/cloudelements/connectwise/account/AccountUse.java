package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.List;

/**
 * The resources that use an account, among those that may.
 *
 * @param examples the first few of them
 */
public record AccountUse(InstanceCounts counts, int namespaces, List<ResourceId> examples) {
  public AccountUse {
    examples = List.copyOf(examples);
  }

  boolean isNone() {
    return counts.total() == 0;
  }
}
