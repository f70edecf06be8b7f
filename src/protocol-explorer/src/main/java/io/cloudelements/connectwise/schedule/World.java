package io.cloudelements.connectwise.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything but the operator: time, the cluster, the service. */
final class World {
  private final VirtualTime time = new VirtualTime();
  private final Cluster cluster = new Cluster();
  private final Consumer<Step> steps;
  private final ScheduledService service;
  private final AccountObjects accounts = new AccountObjects();
  private final MassDeletion massDeletion = new MassDeletion(accounts);
  private final Isolation isolation = new Isolation(this);

  /**
   * @param steps is told of everything that happens, as soon as it has
   */
  World(Profile profile, Consumer<Step> steps) {
    this.steps = steps;
    this.service = new ScheduledService(this, profile);
  }

  VirtualTime time() {
    return time;
  }

  Cluster cluster() {
    return cluster;
  }

  /** What the owner of an account has in the cluster. */
  AccountObjects accounts() {
    return accounts;
  }

  MassDeletion massDeletion() {
    return massDeletion;
  }

  Isolation isolation() {
    return isolation;
  }

  ScheduledService service() {
    return service;
  }

  void happened(Step step) {
    steps.accept(step);
  }

  /** Lets time pass; what is due at the service meanwhile happens in its time. */
  void pass(Duration duration) {
    advanceUntil(time.now().plus(duration));
  }

  void advanceUntil(Instant then) {
    while (true) {
      Optional<Instant> due = service.simulator().nextDue().filter(next -> !next.isAfter(then));
      if (due.isEmpty()) {
        time.advanceTo(then);
        return;
      }
      time.advanceTo(due.get());
      service.simulator().applyDue();
      happened(new Step.Other());
    }
  }
}
