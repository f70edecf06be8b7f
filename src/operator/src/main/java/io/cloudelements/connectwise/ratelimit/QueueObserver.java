package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Priority;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Observes the queues. Called by the callers' threads, outside of locks; must not block. An account
 * is named by its fingerprint, which reveals nothing.
 */
public interface QueueObserver {
  QueueObserver NONE =
      new QueueObserver() {
        @Override
        public void opened(String account, QueueState reading) {}

        @Override
        public void forgotten(String account, QueueState reading) {}

        @Override
        public void waited(Priority priority, Duration wait) {}
      };

  /** An account is used for the first time, or again after it was forgotten. */
  void opened(String account, QueueState reading);

  /**
   * An account has not been used for a while. Threads may tell it late, when the account is opened
   * again already.
   *
   * @param reading equal to the one with which the account was opened
   */
  void forgotten(String account, QueueState reading);

  /** A caller got its permit, or a blocking caller gave up. */
  void waited(Priority priority, Duration wait);

  /** This observer, and a listener for forgotten accounts. */
  default QueueObserver alsoForgetting(Consumer<String> other) {
    QueueObserver first = this;
    return new QueueObserver() {
      @Override
      public void opened(String account, QueueState reading) {
        first.opened(account, reading);
      }

      @Override
      public void forgotten(String account, QueueState reading) {
        first.forgotten(account, reading);
        other.accept(account);
      }

      @Override
      public void waited(Priority priority, Duration wait) {
        first.waited(priority, wait);
      }
    };
  }

  /** The state of one account, at the moment. */
  interface QueueState {
    int inFlight();

    int waiting(Priority priority);

    BreakerState breakerState();

    /** How long {@code Retry-After} still lasts. */
    Duration retryAfter();
  }
}
