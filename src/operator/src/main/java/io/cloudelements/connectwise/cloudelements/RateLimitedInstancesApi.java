package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.Priority;
import java.time.InstantSource;
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
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    return inTurn(
        access,
        Priority.CHANGES,
        () -> turn.get().call(call.sendWindow(), () -> inner.call(access, call)));
  }

  @Override
  public <T> T inTurn(
      AccountAccess access, Priority priority, Runnable delayed, Supplier<T> calls) {
    Account account = access.account();
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

  /** Accounts about which something is remembered at the moment. */
  int accountsKnown() {
    return queues.size();
  }
}
