package io.cloudelements.connectwise.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may call an account now. The reconcile of a resource asks once, before it calls or writes
 * anything, and never waits.
 */
public interface CallPermits {
  /** Without a limit. */
  CallPermits UNLIMITED =
      new CallPermits() {
        @Override
        public <T> Optional<T> withPermit(
            AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
          return Optional.of(reconcile.get());
        }

        @Override
        public Optional<Duration> waited(ResourceId resource) {
          return Optional.empty();
        }

        @Override
        public void withdraw(ResourceId resource) {}
      };

  /**
   * Runs a reconcile with one permit for all its calls. The permit belongs to the calling thread.
   * Within it there is nothing more to ask for the same account, and it is released at the end of
   * the inner run, which has all the calls.
   *
   * @return empty: the reconcile was not run, because no permit is free. The resource is queued,
   *     and an event brings it back when a permit is reserved for it
   * @throws InstancesApiException with {@link RemoteFailure.NotSent} while the account is paused
   */
  <T> Optional<T> withPermit(
      AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile);

  /** How long a resource has been queued; empty when it is not. */
  Optional<Duration> waited(ResourceId resource);

  /** The resource does not need a permit any more; where it is not queued, nothing happens. */
  void withdraw(ResourceId resource);
}
