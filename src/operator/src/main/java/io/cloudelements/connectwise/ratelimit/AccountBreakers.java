package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.AccountKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The breakers of an account, one for each pair of secrets that opens it: a dead user of an
 * organization stops those that call with it alone. A breaker that was not used for a while is
 * forgotten, such as that of the secrets before a rotation.
 *
 * <p>Not safe for threads; time comes in.
 */
final class AccountBreakers {
  private static final class Used {
    private final AccountBreaker breaker;
    private Instant at;

    private Used(AccountBreaker breaker, Instant at) {
      this.breaker = breaker;
      this.at = at;
    }
  }

  private final int failuresToOpen;
  private final Map<String, Used> bySecrets = new HashMap<>();

  AccountBreakers(int failuresToOpen) {
    this.failuresToOpen = failuresToOpen;
  }

  AccountBreaker of(AccountKey key, Instant now) {
    bySecrets.values().removeIf(used -> isForgotten(used, now));
    Used used =
        bySecrets.computeIfAbsent(
            key.secrets(), secrets -> new Used(new AccountBreaker(secrets, failuresToOpen), now));
    used.at = now;
    return used.breaker;
  }

  private static boolean isForgotten(Used used, Instant now) {
    boolean closed = used.breaker.state(now) == BreakerState.CLOSED;
    return used.at.plus(closed ? QueueSettings.IDLE : AccountQueues.IDLE_IN_OUTAGE).isBefore(now);
  }

  /** Whether a call may be made with any of the secrets. */
  boolean allowOne(Instant now) {
    return bySecrets.isEmpty()
        || breakers().stream().anyMatch(breaker -> breaker.remainingWait(now).isEmpty());
  }

  /** Whether none of the secrets is known to be accepted. */
  boolean allFail(Instant now) {
    return !bySecrets.isEmpty()
        && breakers().stream().noneMatch(breaker -> breaker.state(now) == BreakerState.CLOSED);
  }

  /** Of the secrets that are in the worst state. */
  BreakerState worst(Instant now) {
    return breakers().stream()
        .map(breaker -> breaker.state(now))
        .max(Comparator.naturalOrder())
        .orElse(BreakerState.CLOSED);
  }

  private Collection<AccountBreaker> breakers() {
    return bySecrets.values().stream().map(used -> used.breaker).toList();
  }
}
