package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.HttpCall;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.Network;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The wire to the service, which knows when an account was to be left alone. */
final class AccountPauses implements CallObserver, Network {
  /** The shortest for which a breaker is open. */
  private static final Duration BREAKER_PAUSE = Duration.ofSeconds(4);

  private final World world;

  /**
   * Failures that followed each other before the breaker would be forgotten.
   *
   * @param since the last of them
   */
  private record Failures(int count, Instant since) {
    private static final Failures NONE = new Failures(0, Instant.EPOCH);

    Failures and(Instant now) {
      boolean forgotten = since.plus(QueueSettings.IDLE).isBefore(now);
      return new Failures(forgotten ? 1 : count + 1, now);
    }
  }

  /** By account and secrets: an account that is not verified yet is another one. */
  private final Map<String, Failures> failedInARow = new HashMap<>();

  /** Likewise. */
  private final Map<String, Instant> openUntil = new HashMap<>();

  /** By the account. */
  private final Map<String, Instant> pausedUntil = new HashMap<>();

  private final Supplier<Set<String>> secretsRead;
  private String account = "";

  /**
   * @param secretsRead what the reconcile that is under way has read in Secrets
   */
  AccountPauses(World world, Supplier<Set<String>> secretsRead) {
    this.world = world;
    this.secretsRead = secretsRead;
  }

  @Override
  public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
    account = begin.account();
    return call.apply(Map.of());
  }

  @Override
  public SendOutcome send(HttpCall call) {
    String breaker = account + call.headers().getOrDefault("Authorization", "");
    Instant now = world.time().now();
    boolean held =
        now.isBefore(pausedUntil.getOrDefault(account, Instant.MIN))
            || now.isBefore(openUntil.getOrDefault(breaker, Instant.MIN));
    SendOutcome outcome = world.service().send(call, held, secretsRead);
    Failures failures =
        certainlyFailed(outcome)
            ? failedInARow.getOrDefault(breaker, Failures.NONE).and(now)
            : Failures.NONE;
    failedInARow.put(breaker, failures);
    if (failures.count() >= QueueSettings.DEFAULTS.breakerFailures()) {
      openUntil.put(breaker, world.time().now().plus(BREAKER_PAUSE));
    }
    if (outcome instanceof SendOutcome.Answered(int status, var headers, _) && status == 429) {
      Optional.ofNullable(headers.get("Retry-After"))
          .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
          .ifPresent(pause -> pausedUntil.put(account, world.time().now().plus(pause)));
    }
    return outcome;
  }

  /** No more than the account's breaker counts, so that it must be open when this says so. */
  private static boolean certainlyFailed(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Lost _, SendOutcome.Silence _, SendOutcome.Refused _ -> true;
      case SendOutcome.Answered(int status, _, String body) ->
          status >= 500 && !body.contains("providerMessage");
      case SendOutcome.BrokenOff _ -> false;
    };
  }
}
