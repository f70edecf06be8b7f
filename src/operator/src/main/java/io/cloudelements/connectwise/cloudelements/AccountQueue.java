package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.SendWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The door to one account: so many at a time, by lanes, none while the service asked to be left
 * alone, and one probe at a time after repeated failures.
 */
final class AccountQueue implements QueueObserver.Reading, ConnectionShare.Member {
  private final String account;
  private final QueueSettings settings;
  private final InstantSource wallClock;
  private final InstantSource steadyClock;
  private final QueueObserver observer;
  private final AnswerListener listener;
  private final PriorityLine<QueueTicket> line;
  private final ConnectionShare connections;
  private final AccountBreaker breaker;
  private Instant pausedUntil = Instant.MIN;
  private Instant shownUntil = Instant.MIN;
  private boolean stopping;

  /**
   * @param connections to the account's host; a turn has one
   * @param wallClock for the windows of creations, and for dates that are shown
   * @param steadyClock for waits; may not jump
   */
  AccountQueue(
      String account,
      QueueSettings settings,
      ConnectionShare connections,
      InstantSource wallClock,
      InstantSource steadyClock,
      QueueObserver observer,
      AnswerListener listener) {
    this.account = account;
    this.settings = settings;
    this.wallClock = wallClock;
    this.steadyClock = steadyClock;
    this.observer = observer;
    this.listener = listener;
    this.line = new PriorityLine<>(settings.maxConcurrent());
    this.connections = connections;
    this.breaker = new AccountBreaker(account, settings.breakerFailures());
  }

  /**
   * Waits for a turn, which must be closed.
   *
   * @param delayed is run once, when the turn does not come soon
   * @throws InstancesApiException with {@link NotSent}
   */
  Permit enter(Priority priority, Runnable delayed) {
    QueueTicket ticket = queue(priority);
    Instant since = steadyClock.instant();
    boolean waited = false;
    try {
      waited = ticket.await(Duration.ZERO) || awaitTurn(priority, ticket, delayed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstancesApiException(TransportFailures.stopped());
    } finally {
      observer.waited(priority, Duration.between(since, steadyClock.instant()));
      if (!waited) {
        giveUp(priority, ticket);
      }
    }
    if (waited && ticket.isAdmitted()) {
      return begun(priority);
    }
    throw new InstancesApiException(waited ? stops() : late());
  }

  private NotSent late() {
    return NotSent.busy(
        "account " + account + " is busy, and its turn did not come in time",
        Optional.of(Duration.ZERO));
  }

  private static NotSent stops() {
    return NotSent.busy("the operator stops", Optional.empty());
  }

  private synchronized QueueTicket queue(Priority priority) {
    if (stopping) {
      throw new InstancesApiException(stops());
    }
    rejectWhilePaused(false);
    QueueTicket ticket = new QueueTicket();
    line.join(priority, ticket);
    admitNext();
    if (!ticket.isAdmitted() && line.waiting(priority) > settings.maxWaiting()) {
      line.giveUp(priority, ticket);
      throw new InstancesApiException(
          NotSent.busy(
              "account " + account + " is busy: too many calls are waiting already",
              Optional.empty()));
    }
    return ticket;
  }

  /**
   * There may be many creations at once, and each that begins again reads its Secrets again; while
   * what exists already must hear of its next change soon.
   */
  private boolean awaitTurn(Priority priority, QueueTicket ticket, Runnable delayed)
      throws InterruptedException {
    return switch (priority) {
      case CHANGES, DRIFT -> ticket.await(settings.maxWait());
      case CREATIONS -> {
        Duration half = settings.maxWait().multipliedBy(2);
        if (ticket.await(half)) {
          yield true;
        }
        delayed.run();
        yield ticket.await(half);
      }
    };
  }

  private void giveUp(Priority priority, QueueTicket ticket) {
    if (isAdmittedLate(priority, ticket)) {
      leave(priority);
    }
  }

  private synchronized boolean isAdmittedLate(Priority priority, QueueTicket ticket) {
    if (!ticket.isAdmitted()) {
      line.giveUp(priority, ticket);
    }
    return ticket.isAdmitted();
  }

  private Permit begun(Priority priority) {
    try {
      return new Permit(this, priority, begin());
    } catch (InstancesApiException e) {
      leave(priority);
      throw e;
    }
  }

  /** Whether the turn is the probe of an open breaker. */
  private synchronized boolean begin() {
    // much may have changed during the wait
    rejectWhilePaused(false);
    return breaker.begin();
  }

  /**
   * Before a call of a turn.
   *
   * @param probe whether the turn is the breaker's probe already
   * @return whether it is from now on
   */
  synchronized boolean permit(boolean probe, SendWindow window) {
    rejectWhilePaused(probe);
    if (!window.isOpen(wallClock.instant())) {
      throw new InstancesApiException(TransportFailures.expired());
    }
    return probe || breaker.begin();
  }

  private void rejectWhilePaused(boolean probe) {
    Instant now = steadyClock.instant();
    if (now.isBefore(pausedUntil)) {
      throw new InstancesApiException(
          NotSent.until(
              "the service asked to leave account "
                  + account
                  + " alone until "
                  + shownUntil.plusMillis(999).truncatedTo(ChronoUnit.SECONDS)
                  + "; it goes on by itself",
              Duration.between(now, pausedUntil)));
    }
    Optional<Duration> wait = probe ? Optional.empty() : breaker.remainingWait(now);
    if (wait.isPresent()) {
      // Without a date: whoever is held back again must have nothing new to write.
      throw new InstancesApiException(
          NotSent.until(
              "account "
                  + account
                  + " failed repeatedly, and is left alone but for one probe at a time, "
                  + AccountBreaker.LONGEST_PAUSE.toMinutes()
                  + " minutes apart at most. It goes on when one is answered; if the account is"
                  + " wrong, a corrected Secret or spec.baseUrl is used at once",
              wait.get()));
    }
  }

  void answered() {
    boolean recovered;
    synchronized (this) {
      recovered = breaker.answered();
    }
    listener.answered(account, recovered);
  }

  void failed(RemoteFailure failure, boolean probe) {
    if (isRecovery(failure, probe)) {
      listener.answered(account, true);
    }
  }

  private synchronized boolean isRecovery(RemoteFailure failure, boolean probe) {
    if (failure instanceof RateLimited(_, Optional<Duration> retryAfter)) {
      retryAfter.ifPresent(this::pauseFor);
    }
    return breaker.failed(failure, probe, steadyClock.instant());
  }

  /** Lets nobody in for so long; never shortens an earlier pause. */
  synchronized void pauseFor(Duration pause) {
    Instant until = steadyClock.instant().plus(pause);
    if (until.isAfter(pausedUntil)) {
      pausedUntil = until;
      shownUntil = wallClock.instant().plus(pause);
    }
  }

  /** Sends away who waits, and lets nobody in any more; who is inside may finish. */
  synchronized void stop() {
    stopping = true;
    line.sendAway().forEach(QueueTicket::sendAway);
  }

  /** A turn is over. */
  void leave(Priority priority, boolean probe) {
    synchronized (this) {
      breaker.abandoned(probe);
    }
    leave(priority);
  }

  /** The other accounts of the host have the connection before this one's next turn. */
  private void leave(Priority priority) {
    synchronized (this) {
      line.leave(priority);
    }
    connections.release(this);
    admitNext();
  }

  private synchronized void admitNext() {
    while (line.hasNext() && connections.take(this)) {
      line.next().ifPresent(QueueTicket::admit);
    }
  }

  @Override
  public void offered() {
    if (!admitOffered()) {
      connections.release(this);
    }
    admitNext();
  }

  private synchronized boolean admitOffered() {
    Optional<QueueTicket> next = line.next();
    next.ifPresent(QueueTicket::admit);
    return next.isPresent();
  }

  /** Whether the service asked to be left alone, which must be remembered when nobody calls. */
  synchronized boolean isPaused() {
    return steadyClock.instant().isBefore(pausedUntil);
  }

  @Override
  public synchronized int inFlight() {
    return line.inside();
  }

  @Override
  public synchronized int waiting(Priority priority) {
    return line.waiting(priority);
  }

  @Override
  public synchronized int breakerState() {
    return breaker.state(steadyClock.instant()).value();
  }

  @Override
  public synchronized Duration retryAfter() {
    Instant now = steadyClock.instant();
    return now.isBefore(pausedUntil) ? Duration.between(now, pausedUntil) : Duration.ZERO;
  }
}
