package io.cloudelements.simulator;

import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.Secrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** All calls in the order of their arrival. Any thread may read it. */
public final class CallJournal {
  private final List<Call> calls = new ArrayList<>();
  private final List<String> unmaskedBodies = new ArrayList<>();

  CallJournal() {}

  /** All calls. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The calls of these routes. */
  public List<Call> calls(Route... routes) {
    Set<Route> wanted = Set.copyOf(Arrays.asList(routes));
    return calls().stream()
        .filter(call -> call.route().map(wanted::contains).orElse(false))
        .toList();
  }

  /** How many calls there were. */
  public synchronized int count() {
    return calls.size();
  }

  /** How many calls of these routes there were. */
  public int count(Route... routes) {
    return calls(routes).size();
  }

  /** A call by its number, as it stands now. */
  public synchronized Call call(long number) {
    return calls.get(index(number));
  }

  /** The body as it was sent, secrets included: to check what was sent, never to be shown. */
  public synchronized String unmaskedBody(long number) {
    return unmaskedBodies.get(index(number));
  }

  synchronized void clear() {
    calls.clear();
    unmaskedBodies.clear();
  }

  synchronized Call open(
      Platform platform, ApiRequest request, Optional<Route> route, List<String> faults) {
    Call call =
        new Call(
            calls.size() + 1L,
            platform.now(),
            request.method(),
            route,
            request.path(),
            request.query(),
            platform.userOf(request).map(Object::toString).orElse("unknown"),
            faults,
            Call.DeliveryOutcome.IN_PROGRESS,
            OptionalInt.empty(),
            List.of(),
            Secrets.masked(request.body()));
    calls.add(call);
    unmaskedBodies.add(request.body());
    return call;
  }

  synchronized Call addEffects(long number, List<Call.CallEffect> effects) {
    return update(
        number,
        call -> {
          List<Call.CallEffect> all = new ArrayList<>(call.effects());
          all.addAll(effects);
          return call.with(List.copyOf(all));
        });
  }

  synchronized Call close(long number, Delivery delivery) {
    return update(
        number,
        call ->
            switch (delivery) {
              case Delivery.Answered answered ->
                  call.with(
                      Call.DeliveryOutcome.ANSWERED, OptionalInt.of(answered.response().status()));
              case Delivery.ConnectionLost lost ->
                  call.with(Call.DeliveryOutcome.CONNECTION_LOST, OptionalInt.empty());
              case Delivery.NeverAnswers never ->
                  call.with(Call.DeliveryOutcome.NEVER_ANSWERED, OptionalInt.empty());
            });
  }

  private Call update(long number, UnaryOperator<Call> change) {
    Call changed = change.apply(call(number));
    calls.set(index(number), changed);
    return changed;
  }

  private int index(long number) {
    if (number < 1 || number > calls.size()) {
      throw new IllegalArgumentException("The journal has no call " + number);
    }
    return Math.toIntExact(number - 1);
  }
}
