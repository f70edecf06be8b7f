package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Instant;
import java.util.List;

/**
 * The resources that use an account, among those that may.
 *
 * @param examples the first few of them
 * @param heldDeletions when the deletions that are held were asked for
 */
public record AccountUse(
    InstanceCounts counts, int namespaces, List<ResourceId> examples, List<Instant> heldDeletions) {
  public AccountUse {
    examples = List.copyOf(examples);
    heldDeletions = List.copyOf(heldDeletions);
  }

  /** Of an account that no resource uses. */
  public static AccountUse none() {
    return new AccountUse(new InstanceCounts(0, 0, 0), 0, List.of(), List.of());
  }
}
