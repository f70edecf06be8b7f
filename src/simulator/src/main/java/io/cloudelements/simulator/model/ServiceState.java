package io.cloudelements.simulator.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Everything that the platform remembers; also the monitor that guards it. */
final class ServiceState {
  final InstantSource clock;
  final Identifiers identifiers;
  Instances instances = new Instances();
  final Users users = new Users();
  final Provider provider = new Provider();
  final CallLimit limit = new CallLimit();
  Behaviour behaviour = Behaviour.documented();

  ServiceState(InstantSource clock, long seed, long firstInstance) {
    this.clock = clock;
    this.identifiers = new Identifiers(seed, firstInstance);
  }

  Instant now() {
    return clock.instant();
  }

  void record(Change.ChangeKind kind, Instance after) {
    instances.record(kind, after, now(), false);
  }

  void recordByHand(Change.ChangeKind kind, Instance after) {
    instances.record(kind, after, now(), true);
  }

  /** The element with the schema that fits what the instance has. */
  ElementModel elementOf(Instance instance) {
    return ElementCatalog.find(instance.elementKey(), instance.configuration().keySet(), behaviour)
        .orElseThrow();
  }

  Optional<Instance> live(long id) {
    return instances.byId(id).filter(Instance::isLive);
  }
}
