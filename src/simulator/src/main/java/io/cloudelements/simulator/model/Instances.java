package io.cloudelements.simulator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All instances ever created, and every change to them. */
final class Instances {
  private final TreeMap<Long, Instance> byId = new TreeMap<>();
  private final Map<String, Long> idByToken = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  /** Notes a change; what the instance was before is still in the earlier changes. */
  void record(Change.ChangeKind kind, Instance after, Instant at, boolean byHand) {
    byId.put(after.id(), after);
    idByToken.put(after.token(), after.id());
    changes.add(new Change(changes.size() + 1L, at, kind, after, byHand));
  }

  Collection<Instance> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  Optional<Instance> byId(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** A live instance that has this token now: the token of a deleted one is dead. */
  Optional<Instance> byToken(String token) {
    return Optional.ofNullable(idByToken.get(token))
        .map(byId::get)
        .filter(Instance::isLive)
        .filter(instance -> instance.token().equals(token));
  }

  List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  /** The instances as they were: both bounds hold. */
  Map<Long, Instance> asOf(View view, Instant now) {
    if (view.age().equals(Duration.ZERO) && view.mutations() == 0) {
      return byId;
    }
    Instant latest = now.minus(view.age());
    int visible = Math.max(0, changes.size() - view.mutations());
    Map<Long, Instance> past = new TreeMap<>();
    for (Change change : changes.subList(0, visible)) {
      if (!change.at().isAfter(latest)) {
        past.put(change.instance().id(), change.instance());
      }
    }
    return past;
  }
}
