package io.cloudelements.connectwise.ops;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code /readyz} judges by.
 *
 * @param cachesSynced whether the caches hold what the API server holds
 * @param leadership this replica's part; a standby is as ready as a leader, or a rollout with two
 *     replicas would never end
 * @param watchSilence since the last event or bookmark of a watch, which come once a minute at
 *     least
 * @param mode what the operator may do at most
 */
public record Readiness(
    boolean cachesSynced, LeaderStatus leadership, Duration watchSilence, ManagementPolicy mode) {
  /** Three bookmarks that did not come: the caches grow old. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

  /** A replica's part. Without leader election the only replica leads. */
  public enum LeaderStatus {
    UNDECIDED,
    STANDBY,
    LEADER
  }

  /** What a person should know of it, ready or not. */
  List<String> notes() {
    return mode == ManagementPolicy.MANAGE ? List.of() : List.of("operating mode " + mode.key());
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
    if (leadership == LeaderStatus.UNDECIDED) {
      missing.add("it is not decided whether this replica leads or stands by");
    }
    if (watchSilence.compareTo(LONGEST_SILENCE) > 0) {
      missing.add(
          "a watch has brought neither event nor bookmark for "
              + watchSilence.toSeconds()
              + " s: is the API server reached?");
    }
    return missing;
  }
}
