package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Permits that are never given, and that note how urgently they are asked for. */
final class RefusedPermits implements CallPermits {
  private final Runnable refusal;
  private final List<Priority> priorities = new ArrayList<>();

  /**
   * @param refusal what happens instead; may throw
   */
  RefusedPermits(Runnable refusal) {
    this.refusal = refusal;
  }

  @Override
  public <T> Optional<T> withPermit(
      AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
    priorities.add(priority);
    refusal.run();
    return Optional.empty();
  }

  @Override
  public Optional<Duration> waited(ResourceId resource) {
    return Optional.empty();
  }

  @Override
  public void withdraw(ResourceId resource) {}

  List<Priority> priorities() {
    return priorities;
  }
}
