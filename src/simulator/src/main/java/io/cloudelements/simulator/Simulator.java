package io.cloudelements.simulator;

import io.cloudelements.simulator.fault.FaultPlan;
import io.cloudelements.simulator.fault.Faults;
import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Handled;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import io.cloudelements.simulator.model.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The platform as a client meets it: the model, what goes wrong on the way, and a journal.
 *
 * <p>In memory, {@link #deliver} is the whole of a call. Where a call takes time, {@link #arrive}
 * and {@link SimulatedExchange#finish} are its two ends, and its effect is at the second: also when
 * the caller has gone away in between, as with the real service (contract §11).
 */
public final class Simulator {
  private static final long DEFAULT_FAULT_SEED = 7;

  private record Pending(Instant due, long call, ApiRequest request, Optional<User> admitted) {}

  private final Platform platform;
  private final Faults faults;
  private final CallJournal journal = new CallJournal();
  private final List<CallListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Pending> pending = new ArrayList<>();

  /** A simulator whose time comes from the clock. */
  public Simulator(InstantSource clock) {
    this(new Platform(clock), new Faults(DEFAULT_FAULT_SEED));
  }

  public Simulator(Platform platform, Faults faults) {
    this.platform = platform;
    this.faults = faults;
  }

  /** The model: ask it for the truth, or change it behind the client's back. */
  public Platform platform() {
    return platform;
  }

  public Faults faults() {
    return faults;
  }

  public CallJournal journal() {
    return journal;
  }

  public void listen(CallListener listener) {
    listeners.add(listener);
  }

  public void ignore(CallListener listener) {
    listeners.remove(listener);
  }

  /** A whole call at once; a latency does not delay it. */
  public Delivery deliver(ApiRequest request) {
    return arrive(request).finish();
  }

  /** The beginning of a call. Its faults are drawn now. */
  public SimulatedExchange arrive(ApiRequest request) {
    applyDue();
    Optional<Route> route = Route.of(request);
    FaultPlan plan = faults.plan(route, request);
    Call call =
        journal.open(
            platform, request, route, plan.faults().stream().map(Object::toString).toList());
    tell(CallListener::arrived, call);
    return new SimulatedExchange(this, call.number(), request, plan);
  }

  /**
   * Lets late effects happen whose time has come.
   *
   * @return how many there were
   */
  public int applyDue() {
    Instant now = platform.now();
    return applyPending(late -> !late.due().isAfter(now));
  }

  /**
   * Lets all late effects happen now.
   *
   * @return how many there were
   */
  public int applyPending() {
    return applyPending(late -> true);
  }

  /** Back to the beginning, except for users and logins. */
  public void reset() {
    synchronized (pending) {
      pending.clear();
    }
    faults.clear();
    platform.outsideWorld().wipe();
    journal.clear();
  }

  /** When the next late effect is due. */
  public Optional<Instant> nextDue() {
    synchronized (pending) {
      return pending.stream().map(Pending::due).min(Comparator.naturalOrder());
    }
  }

  /** The call takes effect. */
  Handled apply(long number, ApiRequest request, View view, Optional<User> admitted) {
    tell(CallListener::beforeEffect, journal.call(number));
    Handled handled = platform.apply(request, view, admitted);
    Call after = journal.addEffects(number, Call.CallEffect.of(handled.changes()));
    tell(CallListener::afterEffect, after);
    return handled;
  }

  void applyLater(long number, ApiRequest request, Optional<User> admitted, Duration after) {
    synchronized (pending) {
      pending.add(new Pending(platform.now().plus(after), number, request, admitted));
    }
  }

  private int applyPending(Predicate<Pending> isDue) {
    List<Pending> due;
    synchronized (pending) {
      if (pending.isEmpty()) {
        return 0;
      }
      due = pending.stream().filter(isDue).sorted(Comparator.comparing(Pending::due)).toList();
      pending.removeAll(due);
    }
    due.forEach(late -> apply(late.call(), late.request(), View.TRUE, late.admitted()));
    return due.size();
  }

  private void tell(BiConsumer<CallListener, Call> moment, Call call) {
    for (CallListener listener : listeners) {
      moment.accept(listener, call);
    }
  }
}
