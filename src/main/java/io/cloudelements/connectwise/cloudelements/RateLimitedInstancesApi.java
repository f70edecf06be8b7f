package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps one account from being asked too much, and one account's trouble from the others: a call
 * waits for its turn among the calls of its account, by lanes and for a bounded time, and is not
 * sent at all while a {@code Retry-After} of that account lasts or its breaker is open.
 */
public final class RateLimitedInstancesApi implements InstancesApi {
  private final InstancesApi inner;
  private final AccountQueues queues;
  private final ScopedValue<Permit> turn = ScopedValue.newInstance();
  private volatile AnswerListener listener = (_, _) -> {};

  public RateLimitedInstancesApi(InstancesApi inner, QueueSettings settings, InstantSource clock) {
    this(inner, settings, clock, clock, QueueObserver.NONE);
  }

  /**
   * @param wallClock for the windows of creations, and for dates that are shown
   * @param steadyClock for waits; may not jump
   */
  public RateLimitedInstancesApi(
      InstancesApi inner,
      QueueSettings settings,
      InstantSource wallClock,
      InstantSource steadyClock,
      QueueObserver observer) {
    this.inner = inner;
    this.queues = new AccountQueues(settings, wallClock, steadyClock, observer, this::tell);
  }

  @Override
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    return call(account, window, () -> inner.create(account, definition, window));
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return call(account, () -> inner.read(account, id));
  }

  @Override
  public TagMatches findByTag(Account account, OwnershipTag tag) {
    return call(account, () -> inner.findByTag(account, tag));
  }

  @Override
  public InstancePage listPage(Account account, PageRequest page) {
    return call(account, () -> inner.listPage(account, page));
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return call(account, () -> inner.patch(account, id, name, tags));
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return call(account, () -> inner.replace(account, id, definition));
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    call(account, () -> done(() -> inner.setEnabled(account, id, enabled)));
  }

  @Override
  public void delete(Account account, long id) {
    call(account, () -> done(() -> inner.delete(account, id)));
  }

  @Override
  public <T> T inTurn(Account account, Priority priority, Runnable delayed, Supplier<T> calls) {
    String fingerprint = account.fingerprint();
    AccountQueue queue = queues.borrow(fingerprint, account.baseUrl());
    try {
      if (turn.isBound() && turn.get().isAt(queue)) {
        return calls.get();
      }
      try (Permit begun = queue.enter(priority, delayed)) {
        return ScopedValue.where(turn, begun).call(calls::get);
      }
    } finally {
      queues.giveBack(fingerprint);
    }
  }

  /** Sets who is told of answers, instead of who was before. */
  public void onAnswer(AnswerListener told) {
    listener = told;
  }

  private void tell(String account, boolean recovered) {
    listener.answered(account, recovered);
  }

  /**
   * No turn begins any more, and who waits for one is sent away at once: a stop must not last as
   * long as the queue. Turns under way may finish.
   */
  public void stop() {
    queues.stop();
  }

  private <T> T call(Account account, Supplier<T> call) {
    return call(account, SendWindow.ALWAYS, call);
  }

  private <T> T call(Account account, SendWindow window, Supplier<T> call) {
    return inTurn(account, Priority.CHANGES, () -> turn.get().call(window, call));
  }

  private static boolean done(Runnable call) {
    call.run();
    return true;
  }

  /** Accounts about which something is remembered at the moment. */
  int accountsKnown() {
    return queues.size();
  }
}
