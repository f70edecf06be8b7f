package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Priority;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Is told what happens at the gates of the accounts. Called by the callers' threads; must not
 * block. An account is named by its fingerprint, which reveals nothing.
 */
public interface QueueObserver {
  /** Nobody watches. */
  QueueObserver NONE =
      new QueueObserver() {
        @Override
        public void opened(String account, Reading reading) {}

        @Override
        public void forgotten(String account) {}

        @Override
        public void waited(Priority priority, Duration wait) {}
      };

  /** An account is used for the first time, or again after it was forgotten. */
  void opened(String account, Reading reading);

  /** An account has not been used for a while. */
  void forgotten(String account);

  /** A call got its turn, or gave up. */
  void waited(Priority priority, Duration wait);

  /** This observer, and another that is told which accounts are forgotten. */
  default QueueObserver alsoForgetting(Consumer<String> other) {
    QueueObserver first = this;
    return new QueueObserver() {
      @Override
      public void opened(String account, Reading reading) {
        first.opened(account, reading);
      }

      @Override
      public void forgotten(String account) {
        first.forgotten(account);
        other.accept(account);
      }

      @Override
      public void waited(Priority priority, Duration wait) {
        first.waited(priority, wait);
      }
    };
  }

  /** How it stands with one account, at the moment. */
  interface Reading {
    int inFlight();

    int waiting(Priority priority);

    /** 0 closed, 1 half-open, 2 open. */
    int breakerState();

    /** Until when the service asked to be left alone, from now on; zero when it did not. */
    Duration retryAfter();
  }
}
