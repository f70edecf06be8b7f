package io.cloudelements.connectwise.platform;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Is told what happens at the gates of the accounts. Called by the callers' threads; must not
 * block. An account is named by its fingerprint, which reveals nothing.
 */
public interface GateObserver {
  /** Nobody watches. */
  GateObserver NONE =
      new GateObserver() {
        @Override
        public void opened(String account, Reading reading) {}

        @Override
        public void forgotten(String account) {}

        @Override
        public void waited(Lane lane, Duration wait) {}
      };

  /** An account is used for the first time, or again after it was forgotten. */
  void opened(String account, Reading reading);

  /** An account has not been used for a while. */
  void forgotten(String account);

  /** A call got its turn, or gave up. */
  void waited(Lane lane, Duration wait);

  /** This observer, and another that is told which accounts are forgotten. */
  default GateObserver alsoForgetting(Consumer<String> other) {
    GateObserver first = this;
    return new GateObserver() {
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
      public void waited(Lane lane, Duration wait) {
        first.waited(lane, wait);
      }
    };
  }

  /** How it stands with one account, at the moment. */
  interface Reading {
    int inFlight();

    int waiting(Lane lane);

    /** 0 closed, 1 half-open, 2 open. */
    int breakerState();

    /** Until when the service asked to be left alone, from now on; zero when it did not. */
    Duration retryAfter();
  }
}
