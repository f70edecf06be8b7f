package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.model.Change;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which instances ever carried the resource's tag, and what was done to those that did not. */
final class MarkedInstances {
  private final Platform platform;
  private final Map<Long, Instance> known = new HashMap<>();
  private final Set<Long> marked = new HashSet<>();
  private final Set<Long> asked = new HashSet<>();
  private final Set<Long> made = new HashSet<>();
  private final Set<Long> ready = new HashSet<>();
  private final Map<Long, Set<String>> found = new HashMap<>();
  private Optional<String> fault = Optional.empty();

  MarkedInstances(Platform platform) {
    this.platform = platform;
  }

  /** A person made it, with these tags. */
  void madeByHand(Instance instance) {
    found.put(instance.id(), instance.tags());
  }

  void wasReady(Long id) {
    ready.add(id);
  }

  /** Before a request: what is there, and what the resource asks for. */
  void look(Optional<ConnectWiseInstance> resource) {
    platform.live().forEach(this::remember);
    resource.ifPresent(r -> {
      Optional.ofNullable(r.getSpec().adoptInstanceId()).ifPresent(asked::add);
      Optional.ofNullable(r.getMetadata().getAnnotations())
          .map(annotations -> annotations.get(Confirmation.TAKE_OVER.annotation()))
          .map(Long::valueOf)
          .ifPresent(asked::add);
    });
  }

  /** After a call took effect. */
  void changed(Call call) {
    Optional<Long> replaced = Optional.empty();
    for (Call.CallEffect effect : call.effects()) {
      long id = effect.instanceId();
      boolean creation = effect.kind() == Change.ChangeKind.CREATED;
      if (creation && call.route().equals(Optional.of(Route.POST_INSTANCES))) {
        made.add(id);
      } else if (creation) {
        replaced.ifPresent(former -> follow(former, id));
      } else if (differs(id)) {
        boolean deletion =
            effect.kind() == Change.ChangeKind.DELETED
                && call.route().equals(Optional.of(Route.DELETE_INSTANCE));
        judge(id, deletion, call);
        replaced = Optional.of(id);
      }
      platform.instance(id).ifPresent(this::remember);
    }
  }

  /** A {@code PUT} gave the instance another id. */
  private void follow(long former, long id) {
    for (Set<Long> ids : List.of(made, asked, ready)) {
      if (ids.contains(former)) {
        ids.add(id);
      }
    }
    Optional.ofNullable(found.remove(former)).ifPresent(tags -> found.put(id, tags));
  }

  private void judge(long id, boolean deletion, Call call) {
    boolean mayMark = asked.contains(id) && !deletion;
    if (!marked.contains(id) && !mayMark) {
      fault = Optional.of("instance " + id + " never carried the tag: " + call);
    }
    if (deletion && !made.contains(id) && !ready.contains(id)) {
      fault = Optional.of("instance " + id + " was to be adopted, and is deleted: " + call);
    }
  }

  private boolean differs(long id) {
    return Optional.ofNullable(known.get(id))
        .filter(before ->
            !state(before).equals(platform.instance(id).map(now -> state(now)).orElse(List.of())))
        .isPresent();
  }

  private static List<Object> state(Instance i) {
    return List.of(i.isLive(), i.name(), Set.copyOf(i.tags()), i.configuration(), i.disabled());
  }

  private void remember(Instance instance) {
    known.put(instance.id(), instance);
    if (instance.tags().contains(ScheduledService.TAG.value())) {
      marked.add(instance.id());
    }
  }

  /** A change of what never showed the tag, or a deletion of what was not adopted for good. */
  Optional<String> fault() {
    return fault;
  }

  /** In what an instance that was never used differs from what a person made. */
  Optional<String> notRestored(boolean tagsUnknown) {
    return found.entrySet().stream()
        .filter(entry -> !ready.contains(entry.getKey()))
        .filter(entry ->
            platform
                .instance(entry.getKey())
                .filter(Instance::isLive)
                .filter(now -> tagsUnknown || now.tags().equals(entry.getValue()))
                .isEmpty())
        .findFirst()
        .map(entry ->
            "instance "
                + platform.instance(entry.getKey())
                + " is not as it was found: "
                + entry.getValue());
  }
}
