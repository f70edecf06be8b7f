package io.cloudelements.connectwise.cloudelements;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far a request got. It knows the line that matters after a failure: before {@link
 * SendPhase#STARTED} no byte was written, after it some may have been. The caller that gives up and
 * the event loop that gets a connection agree on it by one compare-and-set, so a request that was
 * given up is never written later.
 */
class SendProgress {

  /** How far a request got. */
  enum SendPhase {
    /** For a connection. */
    WAITING,
    /** A connection was there, and writing has begun. */
    STARTED,
    /** The caller gave up before a connection was there. */
    ABANDONED,
    /** A connection was there too late. */
    EXPIRED
  }

  final AtomicReference<SendPhase> phase = new AtomicReference<>(SendPhase.WAITING);
  private final AtomicReference<Optional<Runnable>> abort = new AtomicReference<>(Optional.empty());
  private final CompletableFuture<SendPhase> connected = new CompletableFuture<>();

  /**
   * A connection is there.
   *
   * @param inTime false: the request may not be written any more
   * @param aborting breaks off what is written
   * @return whether the request is to be written
   */
  final boolean start(boolean inTime, Runnable aborting) {
    // before the phase: a thread that sees STARTED must be able to abort it
    abort.set(Optional.of(aborting));
    SendPhase next = inTime ? SendPhase.STARTED : SendPhase.EXPIRED;
    boolean started = leaveWaiting(next) && next == SendPhase.STARTED;
    connected.complete(phase.get());
    return started;
  }

  /** Completes when a connection is there. */
  final CompletableFuture<SendPhase> connected() {
    return connected;
  }

  /** Gives up what was not begun; what was goes on. */
  final SendPhase giveUpWaiting() {
    leaveWaiting(SendPhase.ABANDONED);
    return phase.get();
  }

  /** Gives up: what was not begun will not be, what was is broken off. */
  final SendPhase abandon() {
    if (giveUpWaiting() != SendPhase.ABANDONED) {
      abort.get().ifPresent(Runnable::run);
    }
    return phase.get();
  }

  /** Whether it was the first to do so. */
  boolean leaveWaiting(SendPhase next) {
    return phase.compareAndSet(SendPhase.WAITING, next);
  }
}
