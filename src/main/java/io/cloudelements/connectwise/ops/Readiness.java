package io.cloudelements.connectwise.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code /readyz} judges by.
 *
 * @param cachesSynced whether the caches hold what the API server holds
 * @param leadership this replica's part; a standby is as ready as a leader, or a rollout with two
 *     replicas would never end
 */
public record Readiness(boolean cachesSynced, Leadership leadership) {
  /** A replica's part. Without leader election the only replica leads. */
  public enum Leadership {
    UNDECIDED,
    STANDBY,
    LEADER
  }

  public boolean isReady() {
    return missing().isEmpty();
  }

  /** One line for each thing that is still missing; empty when ready. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!cachesSynced) {
      missing.add("the caches are not synced");
    }
    if (leadership == Leadership.UNDECIDED) {
      missing.add("it is not decided whether this replica leads or stands by");
    }
    return missing;
  }
}
