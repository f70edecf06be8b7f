package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The wait for a Secret, key or account that is not there yet: GitOps tools and controllers that
 * fill Secrets bring it in an order of their own. Its begin is the last transition of the condition
 * {@code Reconciling}, so that it survives a restart.
 *
 * @param since when it was first seen missing, in whole seconds
 */
public record SecretWait(Instant since) {
  private static final Set<Reason> WAITS =
      EnumSet.of(Reason.WAITING_FOR_SECRET, Reason.WAITING_FOR_ACCOUNT);

  /** Then the resource is stalled: what is not there by now will hardly come by itself. */
  public static final Duration UNTIL_STALLED = Duration.ofMinutes(2);

  /**
   * How long {@code Ready} stays True after the Secret of a working instance is gone or lacks a
   * key: some tools replace a Secret by delete and create.
   */
  public static final Duration READY_KEPT = Duration.ofMinutes(1);

  public static SecretWait beginning(Instant now) {
    return new SecretWait(now.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * The wait that this status reports for the generation; none when it begins in the future, since
   * the clock was then set back.
   */
  public static Optional<SecretWait> underWay(
      Optional<ConnectWiseInstanceStatus> status, long generation, Instant now) {
    return status
        .flatMap(known -> StatusReader.condition(known, ConditionType.RECONCILING))
        .filter(condition ->
            WAITS.stream().map(Reason::label).anyMatch(condition.getReason()::equals)
                && Long.valueOf(generation).equals(condition.getObservedGeneration()))
        .flatMap(SecretWait::since)
        .filter(since -> !since.isAfter(now))
        .map(SecretWait::new);
  }

  /** Whether a resource with that reason waits so. */
  static boolean isSaidBy(Reason reason) {
    return WAITS.contains(reason);
  }

  private static Optional<Instant> since(Condition condition) {
    try {
      return Optional.of(Instant.parse(condition.getLastTransitionTime()));
    } catch (DateTimeException e) {
      // Only another writer leaves such a date; the wait then begins anew.
      return Optional.empty();
    }
  }

  public boolean keepsReady(Instant now) {
    return now.isBefore(since.plus(READY_KEPT));
  }

  public Instant ends() {
    return since.plus(UNTIL_STALLED);
  }
}
