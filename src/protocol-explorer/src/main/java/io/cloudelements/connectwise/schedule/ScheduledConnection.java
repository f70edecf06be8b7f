package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.cloudelements.HttpInstancesApi;
import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The shipped adapter and queue over the simulated service. */
final class ScheduledConnection {
  private static final AllowedBaseUrls ALLOWED =
      AllowedBaseUrls.parse(
          List.of(ScheduledService.BASE_URL.toString(), PlatformAccount.BASE_URL.toString()));

  private ScheduledConnection() {}

  /**
   * @param running the reconcile that is under way
   */
  static RateLimitedInstancesApi of(
      World world, Variant variant, Supplier<Optional<ScheduledOperator.Gathered>> running) {
    AccountPauses wire = new AccountPauses(world, () -> secretsRead(running.get()));
    HttpInstancesApi adapter =
        new HttpInstancesApi(
            new InMemoryTransport(wire, world.time().wallClock()),
            HttpSettings.DEFAULTS.timeouts(),
            ALLOWED,
            world.time().wallClock(),
            wire);
    return new RateLimitedInstancesApi(
        adapter,
        ScheduledQueue.SETTINGS,
        world.time().wallClock(),
        variant.queueClock(world.time().trueClock()),
        QueueObserver.NONE);
  }

  /** What it has read in Secrets. */
  private static Set<String> secretsRead(Optional<ScheduledOperator.Gathered> running) {
    return running.stream()
        .flatMap(gathered -> gathered.input().secrets().values().stream())
        .flatMap(secret -> secret.getData().values().stream())
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
        .collect(Collectors.toSet());
  }
}
